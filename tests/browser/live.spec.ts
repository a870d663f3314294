import { expect, test } from "@playwright/test";
import { addCards, card, column, createProject, drag, expectCards, invite, live, signUp } from "./steps";

/** A change by someone else has to be seen within this. */
const SOON = { timeout: 5_000 };

test("moves by another person show at once with their name", async ({ page, browser }) => {
  const mara = await signUp(page, "Mara");
  await createProject(page, "Delivery app");
  await addCards(page, "Backlog", "First", "Second");
  const alex = await invite(mara, browser, "Alex", "Delivery app");

  await expect(
    page.getByRole("list", { name: "People on this board" }).getByRole("img", { name: "Alex" }),
  ).toBeVisible();
  await expectCards(alex.page, "Backlog", "First", "Second");

  await drag(page, card(page, "First"), column(page, "In progress"), 120);
  await page.mouse.up();
  await expect(card(column(alex.page, "In progress"), "First")).toBeVisible(SOON);
  await expect(alex.page.getByText(/Card moved by Mara/).first()).toBeVisible(SOON);

  await drag(alex.page, card(alex.page, "Second"), column(alex.page, "Done"), 120);
  await alex.page.mouse.up();
  await expect(card(column(page, "Done"), "Second")).toBeVisible(SOON);
  await expect(page.getByText(/Card moved by Alex/).first()).toBeVisible(SOON);
  await expect(page.getByText(/Card moved by Mara/)).toHaveCount(0);
  await alex.context.close();
});

test("an offline board stays readable, refuses changes and catches up when online", async ({
  page,
  browser,
}) => {
  const mara = await signUp(page, "Mara");
  await createProject(page, "Delivery app");
  await addCards(page, "Backlog", "First", "Second");
  const alex = await invite(mara, browser, "Alex", "Delivery app");

  await page.context().setOffline(true);
  await expect(page.locator("[data-live]")).toHaveText("Offline");
  await card(page, "First").focus();
  await page.keyboard.press("]");
  await expect(page.getByText(/was not moved\. You are offline/).first()).toBeVisible();
  await expectCards(page, "Backlog", "First", "Second");

  await card(alex.page, "Second").focus();
  await alex.page.keyboard.press("]");
  await expectCards(alex.page, "To do", "Second");
  await addCards(alex.page, "Done", "Third");
  await expectCards(page, "Backlog", "First", "Second");

  await page.context().setOffline(false);
  await live(page);
  await expectCards(page, "To do", "Second");
  await expectCards(page, "Done", "Third");
  await alex.context.close();
});

test("two people who change the same title get a conflict dialog", async ({ page, browser }) => {
  const mara = await signUp(page, "Mara");
  await createProject(page, "Delivery app");
  await addCards(page, "Backlog", "A title");
  const alex = await invite(mara, browser, "Alex", "Delivery app");

  await card(page, "A title").click();
  const title = page.getByRole("complementary").getByLabel("Title");
  await title.fill("What Mara wants");
  await expect(card(alex.page, "A title")).toContainText("Mara is editing", SOON);
  // Who has lost the connection holds nothing; what they typed stays with them.
  await page.context().setOffline(true);
  await expect(card(alex.page, "A title")).not.toContainText("is editing", {
    timeout: 40_000,
  });

  await card(alex.page, "A title").focus();
  await alex.page.keyboard.press("e");
  await alex.page.getByRole("dialog").getByLabel("Title").fill("What Alex wants");
  await alex.page.keyboard.press("Enter");
  await expect(card(alex.page, "What Alex wants")).toBeVisible();
  await page.context().setOffline(false);
  await expect(card(page, "What Alex wants")).toBeVisible(SOON);

  await title.press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Someone else changed/ });
  await expect(dialog).toContainText("What Mara wants");
  await expect(dialog).toContainText("What Alex wants");
  await dialog.getByRole("radio", { name: "Theirs" }).check();
  await dialog.getByRole("button", { name: "Save what I chose" }).click();
  await expect(title).toHaveValue("What Alex wants");
  await expect(card(page, "What Alex wants")).toBeVisible();
  await alex.context.close();
});
