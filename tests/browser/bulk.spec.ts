import { expect, test } from "@playwright/test";
import { addCards, card, column, createProject, expectCards, signUp } from "./steps";

test("several cards are changed together, and the change can be undone", async ({ page }) => {
  await signUp(page, "Mara");
  await createProject(page, "Delivery app");
  await addCards(page, "Backlog", "Choose a name", "Draw a logo", "Print cards", "Ask around");
  const bar = page.getByRole("toolbar", { name: "Selected tasks" });
  const urgent = page.getByRole("img", { name: /urgent/i });

  // By mouse, with Shift for all up to another one, and by key.
  await card(page, "Choose a name").hover();
  await page
    .getByRole("checkbox", { name: /^Select / })
    .first()
    .check();
  await card(page, "Print cards").click({ modifiers: ["Shift"] });
  await expect(bar).toContainText("3 selected");
  await card(page, "Ask around").focus();
  await page.keyboard.press("x");
  await expect(bar).toContainText("4 selected");
  await page.keyboard.press("x");
  await expect(bar).toContainText("3 selected");

  await page.keyboard.press("p");
  const choices = page.getByRole("dialog", { name: "Priority, 3 tasks" });
  await choices.getByText("Urgent").click();
  await expect(page.getByText("Set 3 tasks to urgent priority", { exact: true })).toBeVisible();
  await expect(urgent).toHaveCount(3);
  await page.reload();
  await expect(urgent).toHaveCount(3);

  // What was chosen is forgotten with the page; a step of several is put back as one.
  for (const title of ["Choose a name", "Draw a logo"]) {
    await card(page, title).click({ modifiers: ["ControlOrMeta"] });
  }
  await bar.getByRole("button", { name: "Move" }).click();
  await page.getByRole("dialog", { name: "Move, 2 tasks" }).getByText("In progress").click();
  await expectCards(page, "In progress", "Choose a name", "Draw a logo");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undid the change to 2 tasks", { exact: true })).toBeVisible();
  await expectCards(page, "In progress");
  await expect(column(page, "Backlog").locator("[data-card]")).toHaveCount(4);

  await page.keyboard.press("Escape");
  await expect(bar).toBeHidden();
});
