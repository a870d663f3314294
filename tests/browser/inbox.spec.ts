import { expect, test } from "@playwright/test";
import { addCards, card, createProject, invite, signUp } from "./steps";

test("a mention shows in the bell and is read when opened", async ({ page, browser }) => {
  const mara = await signUp(page, "Mara");
  await createProject(page, "Delivery app");
  await addCards(page, "Backlog", "Talked about");
  const noor = await invite(mara, browser, "Noor", "Delivery app");
  const bell = page.getByRole("button", { name: /^Inbox/ });
  await expect(bell).toHaveAccessibleName("Inbox");

  await card(noor.page, "Talked about").click();
  const box = noor.page.getByRole("textbox", { name: "Comment", exact: true });
  await box.fill("What do you think, @ma");
  await expect(noor.page.getByRole("option", { name: "Mara" })).toBeVisible();
  await box.press("Enter");
  await noor.page.getByRole("button", { name: "Post" }).click();
  await expect(bell).toHaveAccessibleName("Inbox, 1 unread");

  await bell.click();
  const inbox = page.getByRole("dialog", { name: "Inbox" });
  const heard = inbox.getByRole("link", {
    name: /Noor mentioned you in Talked about/,
  });
  await expect(heard).toContainText("What do you think");
  await heard.click();
  await expect(page.getByRole("complementary", { name: /^Task / })).toContainText("What do you think");
  await expect(bell).toHaveAccessibleName("Inbox");

  await page.reload();
  await expect(bell).toHaveAccessibleName("Inbox");
  await bell.click();
  await inbox.getByRole("link", { name: "Open the inbox" }).click();
  await expect(page.getByRole("heading", { name: "Inbox" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: /Noor mentioned you/ })).toBeVisible();
  await page.getByLabel("Unread only").check();
  await expect(page.getByRole("main")).toContainText("You have read everything");
  await noor.context.close();
});

test("notification settings are saved", async ({ page }) => {
  await signUp(page, "Mara");
  await page.goto("/settings/notifications");
  const mail = page.getByRole("checkbox", {
    name: "Someone mentions you: Email",
  });
  const inbox = page.getByRole("checkbox", {
    name: "Someone mentions you: Inbox",
  });
  await expect(mail).toBeChecked();
  const saved = page.waitForResponse((response) => response.request().method() === "PUT");
  await mail.uncheck();
  expect((await saved).ok()).toBe(true);
  await page.reload();
  await expect(mail).not.toBeChecked();
  await expect(inbox).toBeChecked();
});
