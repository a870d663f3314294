import { expect, test } from "@playwright/test";
import { addCards, card, column, createProject, drag, expectCards, live, signUp } from "./steps";

test.beforeEach(async ({ page }) => {
  await signUp(page, "Mara");
  await createProject(page, "Delivery app");
});

test("a dragged card keeps its place after a reload, and the move can be undone", async ({ page }) => {
  await addCards(page, "Backlog", "First", "Second", "Third");
  await drag(page, card(page, "Second"), column(page, "In progress"), 120);
  await page.mouse.up();
  await expectCards(page, "In progress", "Second");
  await expectCards(page, "Backlog", "First", "Third");

  await page.reload();
  await expectCards(page, "In progress", "Second");

  await drag(page, card(page, "Third"), card(page, "First"), 4);
  await page.mouse.up();
  await expectCards(page, "Backlog", "Third", "First");
  await page.getByRole("button", { name: "Undo" }).click();
  await expectCards(page, "Backlog", "First", "Third");
  await page.reload();
  await expectCards(page, "Backlog", "First", "Third");
});

test("a dragged column moves to its new place", async ({ page }) => {
  const names = page.locator("[data-column] h2");
  await expect(names).toHaveText(["Backlog", "To do", "In progress", "Review", "Done"]);
  await drag(page, names.nth(1), column(page, "Review"), 60);
  const review = await column(page, "Review").boundingBox();
  if (review) await page.mouse.move(review.x + review.width - 12, review.y + 60, { steps: 4 });
  await page.mouse.up();
  const moved = ["Backlog", "In progress", "Review", "To do", "Done"];
  await expect(names).toHaveText(moved);
  await expect(page.getByText("Moved the column To do").first()).toBeVisible();
  await page.reload();
  await expect(names).toHaveText(moved);
});

test("cards can be moved by keyboard, and moves are announced to screen readers", async ({ page }) => {
  await addCards(page, "Backlog", "First", "Second");
  await card(page, "First").focus();
  await page.keyboard.press("]");
  await expectCards(page, "To do", "First");
  await expect(page.locator("[data-announcer]")).toHaveText(/moved to To do, position 1 of 1/);
  await expect(card(page, "First")).toBeFocused();

  await page.keyboard.press("m");
  const menu = page.getByRole("dialog", { name: /^Move, / });
  await menu.getByLabel("Column").selectOption({ label: "Backlog" });
  await menu.getByLabel("Position").selectOption({ label: "2, bottom" });
  await menu.getByRole("button", { name: "Move" }).click();
  await expectCards(page, "Backlog", "Second", "First");
  await expect(card(page, "First")).toBeFocused();

  await page.keyboard.press("k");
  await expect(card(page, "Second")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(card(page, "First")).toBeFocused();
  await page.keyboard.press(" ");
  await expect(card(page, "First").getByRole("img", { name: "Mara" })).toBeVisible();
  await page.keyboard.press("p");
  await page.keyboard.type("urgent");
  await page.keyboard.press("Enter");
  await expect(card(page, "First").getByRole("img", { name: "Urgent" })).toBeVisible();
});

test("a refused move is reverted and shows the reason", async ({ page }) => {
  await addCards(page, "Review", "One", "Two");
  await page.getByRole("button", { name: "Actions for the column Review" }).click();
  await page.getByRole("menuitem", { name: "Edit column" }).click();
  await page.getByLabel("Limit").fill("2");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(column(page, "Review")).toContainText("2 / 2 full");

  await addCards(page, "Backlog", "Three");
  await drag(page, card(page, "Three"), column(page, "Review"), 100);
  await page.mouse.up();
  await expect(page.getByText(/was not moved\./).first()).toBeVisible();
  await expectCards(page, "Review", "One", "Two");
  await expectCards(page, "Backlog", "Three");
});

test("a filter narrows the board and is kept in the address", async ({ page }) => {
  await addCards(page, "Backlog", "Apples", "Pears");
  await page.keyboard.press("/");
  await page.keyboard.type("pear");
  await expectCards(page, "Backlog", "Pears");
  await expect(page).toHaveURL(/\?q=pear$/);
  await page.reload();
  await expectCards(page, "Backlog", "Pears");
  await page.getByRole("button", { name: "Clear" }).click();
  await expectCards(page, "Backlog", "Apples", "Pears");
});

test("deleting a column moves its cards to the selected column", async ({ page }) => {
  await addCards(page, "Review", "Keep me");
  await page.getByRole("button", { name: "Actions for the column Review" }).click();
  await page.getByRole("menuitem", { name: "Delete column" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Move cards to").selectOption({ label: "Done" });
  await dialog.getByRole("button", { name: "Delete column" }).click();
  await expect(column(page, "Review")).toBeHidden();
  await expectCards(page, "Done", "Keep me");
});

test("a task is edited in its panel, archived, and restored", async ({ page }) => {
  await addCards(page, "Backlog", "A task");
  await card(page, "A task").click();
  const panel = page.getByRole("complementary", { name: /^Task / });
  await panel.getByLabel("Title").fill("A better task");
  await panel.getByLabel("Title").press("Enter");
  await expect(card(page, "A better task")).toBeVisible();
  await panel.getByRole("button", { name: "Write" }).click();
  await panel
    .getByRole("textbox", { name: "Description" })
    .fill("With **Markdown** <script>alert(1)</script>");
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(panel.locator("strong", { hasText: "Markdown" })).toBeVisible();
  await expect(panel.getByRole("region", { name: "History" })).toContainText("created this task");
  await panel.getByLabel("Points").fill("5");
  await panel.getByLabel("Points").press("Enter");
  await expect(card(page, "A better task")).toContainText("5 points");

  await panel.getByRole("button", { name: "Task actions" }).click();
  await page.getByRole("menuitem", { name: "Archive" }).click();
  await expect(card(page, "A better task")).toBeHidden();
  await page.getByRole("button", { name: "Board actions" }).click();
  await page.getByRole("menuitem", { name: "Archived tasks" }).click();
  await page.getByRole("button", { name: "Restore" }).click();
  await expect(page.getByText("Nothing is archived")).toBeVisible();
  await page.goBack();
  await expectCards(page, "Backlog", "A better task");
  await live(page);
});
