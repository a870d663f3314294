import { expect, test, type Locator, type Page } from "@playwright/test";
import { addCards, column, createProject, drag, live, signUp } from "./steps";

const row = (page: Page, title: string): Locator =>
  page.locator("[data-backlog-task]").filter({ hasText: title });

async function setPoints(page: Page, title: string, points: string): Promise<void> {
  await page.locator("[data-card]").filter({ hasText: title }).click();
  const panel = page.getByRole("complementary", { name: /^Task / });
  await panel.getByLabel("Points").fill(points);
  await panel.getByLabel("Points").press("Enter");
  await expect(page.getByText(/Changed the story points/).first()).toBeVisible();
  await page.keyboard.press("Escape");
}

test("a sprint is planned, started, closed and reported", async ({ page }) => {
  // A whole sprint is a long way.
  test.slow();
  await signUp(page, "Mara");
  await createProject(page, "Delivery app");
  await addCards(page, "Backlog", "First", "Second", "Third");
  await setPoints(page, "First", "3");
  await setPoints(page, "Second", "5");

  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await expect(page.getByRole("heading", { name: "Backlog" }).first()).toBeVisible();
  await live(page);
  await page.getByRole("button", { name: "Plan a sprint" }).click();
  const dialog = page.getByRole("dialog", { name: "Plan a sprint" });
  await dialog.getByLabel("Goal").fill("Something to show");
  await dialog.getByLabel("Capacity").fill("6");
  await dialog.getByRole("button", { name: "Plan sprint" }).click();
  await expect(page.getByText("0 of 6 points")).toBeVisible();

  // One task by dragging, two by keyboard.
  await drag(page, row(page, "First"), page.getByRole("link", { name: "Sprint 1" }), 8);
  await page.mouse.up();
  await expect(page.getByText("3 of 6 points")).toBeVisible();
  await row(page, "Second").focus();
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByRole("toolbar", { name: "Selected tasks" })).toContainText("2 selected, 5 points");
  await page.keyboard.press("s");
  await page.getByRole("dialog", { name: "Move 2 tasks" }).getByText("Sprint 1").click();
  await expect(page.getByText("8 of 6 points, 2 over capacity")).toBeVisible();
  await row(page, "Third").focus();
  await page.keyboard.press("]");
  await expect(page.locator("[data-announcer]")).toHaveText(/moved to the backlog/);
  await page.reload();
  await expect(page.getByText("8 of 6 points, 2 over capacity")).toBeVisible();

  await page.getByRole("button", { name: "Start sprint" }).click();
  await expect(page.getByText("Started Sprint 1").first()).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await live(page);
  await expect(page.getByRole("link", { name: /^Sprint 1 · / })).toBeVisible();
  await drag(page, page.locator("[data-card]").filter({ hasText: "First" }), column(page, "Done"), 120);
  await page.mouse.up();
  await expect(column(page, "Done").locator("[data-card]")).toHaveCount(1);

  await page.getByRole("link", { name: /^Sprint 1 · / }).click();
  await expect(page.getByText("3 of 8 points done")).toBeVisible();
  await page.getByRole("button", { name: "Show burndown as a table" }).click();
  const table = page.getByRole("table", { name: "Burndown" });
  await expect(table.getByRole("row").nth(1)).toContainText("Start");
  await expect(table.getByRole("row").nth(2)).toContainText("5");

  await page.getByRole("button", { name: "Close sprint" }).click();
  const close = page.getByRole("dialog", { name: "Close Sprint 1" });
  await expect(close.getByRole("region", { name: "Done, 3 points" })).toContainText("First");
  await expect(close.getByRole("region", { name: "Not done, 5 points" })).toContainText("Second");
  await close.getByRole("button", { name: "Close sprint" }).click();
  await expect(close).toBeHidden();
  const report = page.getByRole("region", { name: "Report" });
  await expect(report.getByRole("region", { name: "Carried over" })).toContainText("Second");
  await expect(report.getByText("Velocity")).toBeVisible();

  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await expect(row(page, "Second")).toBeVisible();
  await expect(row(page, "First")).toHaveCount(0);
});
