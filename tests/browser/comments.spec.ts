import { expect, test } from "@playwright/test";
import { addCards, card, createProject, invite, signUp } from "./steps";

test("comments and replies show for everyone at once", async ({ page, browser }) => {
  const host = await signUp(page, "Mara");
  await createProject(page, "Comments");
  await addCards(page, "Backlog", "Talked about");
  const guest = await invite(host, browser, "Noor", "Comments");
  for (const someone of [page, guest.page]) await card(someone, "Talked about").click();
  const here = page.getByRole("region", { name: "Comments" });
  const there = guest.page.getByRole("region", { name: "Comments" });

  const box = here.getByRole("textbox", { name: "Comment", exact: true });
  await box.fill("Can you look at **this**, @no");
  await expect(here.getByRole("option", { name: "Noor" })).toBeVisible();
  await box.press("Enter");
  await expect(box).toHaveValue("Can you look at **this**, @Noor ");
  await here.getByRole("button", { name: "Post" }).click();
  await expect(here.locator(".mention")).toHaveText("@Noor");
  const heard = there.getByRole("article", { name: "Comment by Mara" });
  await expect(heard).toContainText("Can you look at this");
  await expect(card(guest.page, "Talked about")).toContainText("1 comments");

  await heard.hover();
  await heard.getByRole("button", { name: "React" }).click();
  await guest.page.keyboard.type("rocket");
  await guest.page.keyboard.press("Enter");
  await expect(heard.getByRole("button", { name: "🚀 1, by you" })).toBeVisible();
  await expect(here.getByRole("button", { name: "🚀 1, by Noor" })).toBeVisible();

  await heard.hover();
  await heard.getByRole("button", { name: "Reply" }).click();
  await there.getByRole("textbox", { name: "Reply" }).fill("Looks good");
  await there.getByRole("textbox", { name: "Reply" }).press("Control+Enter");
  const replies = here.getByRole("list", { name: "Replies" });
  await expect(replies).toContainText("Looks good");

  const own = here.getByRole("article", { name: "Comment by Mara" });
  await own.hover();
  await own.getByRole("button", { name: "Comment actions" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await here.getByRole("textbox", { name: "Edit the comment" }).fill("Solved, @Noor");
  await here.getByRole("button", { name: "Save" }).click();
  await expect(heard).toContainText("Solved");
  await there.getByRole("button", { name: "edited" }).click();
  await expect(guest.page.getByRole("dialog")).toContainText("Can you look at this");
  await guest.page.keyboard.press("Escape");

  await own.hover();
  await own.getByRole("button", { name: "Comment actions" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Remove comment" }).click();
  await expect(there).toContainText("This comment was removed.");
  await expect(there).toContainText("Looks good");
});

test("an unsent comment is kept when the task is closed and reopened", async ({ page }) => {
  await signUp(page, "Ida");
  await createProject(page, "Drafts");
  await addCards(page, "Backlog", "Half said");
  await card(page, "Half said").click();
  const box = page.getByRole("textbox", { name: "Comment", exact: true });
  await box.fill("Half a thou");
  await page.reload();
  await expect(box).toHaveValue("Half a thou");
});
