import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { addCards, card, column, createProject, drag, live, signUp } from "./steps";

/** A chart's figures, as the table beside it shows them: rows of cells. */
async function figures(page: Page, title: string): Promise<string[][]> {
  const chart = page.getByRole("region", { name: title, exact: true });
  const show = chart.getByRole("button", { name: / as a table$/ });
  if (await show.isVisible()) await show.click();
  const rows = chart.getByRole("row");
  await expect(rows.nth(1)).toBeVisible();
  return Promise.all((await rows.all()).slice(1).map((row) => row.locator("th, td").allInnerTexts()));
}

/** Opens a page once all that happened is counted. */
async function counted(page: Page, path: string): Promise<void> {
  const quiet = await page.request.get("/_local/idle?timeout=30");
  expect(quiet.ok(), "streams and queues are drained").toBe(true);
  await page.goto(path);
}

const tile = (page: Page, name: string): Locator =>
  page.locator("dl > div").filter({ has: page.getByText(name, { exact: true }) });

async function finish(page: Page, title: string): Promise<void> {
  await drag(page, card(page, title), column(page, "Done"), 120);
  await page.mouse.up();
  await expect(card(column(page, "Done"), title)).toBeVisible();
}

async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}

test("figures update when tasks close and can be filtered", async ({ page }) => {
  // Two projects, a label and four charts are a long way.
  test.slow();
  await signUp(page, "Mara");
  await createProject(page, "Delivery app");
  const board = page.url();
  await addCards(page, "To do", "First", "Second", "Third");
  await finish(page, "First");

  await counted(page, "/dashboard");
  await expect(tile(page, "Closed today")).toContainText("3 created");
  await expect(tile(page, "Closed today").locator("dd").first()).toHaveText("1");
  await expect(tile(page, "Open").locator("dd").first()).toHaveText("2");
  const trend = await figures(page, "Created and closed");
  expect(trend).toHaveLength(30);
  // Day, created, closed, reopened, moved, comments, logged.
  expect(trend.at(-1)?.slice(1)).toEqual(["3", "1", "0", "1", "0", "0 h"]);
  expect(trend.slice(0, -1).every(([, created, closed]) => created === "0" && closed === "0")).toBe(true);
  expect(await figures(page, "Tasks by status")).toEqual([
    ["Backlog", "0"],
    ["To do", "2"],
    ["In progress", "0"],
    ["Review", "0"],
    ["Done", "1"],
  ]);
  expect(await figures(page, "Open tasks by person")).toEqual([["Nobody", "2"]]);
  const contributors = page.getByRole("region", { name: "Top contributors" }).getByRole("row");
  await expect(contributors).toHaveCount(2);
  await expect(contributors.nth(1).locator("td")).toHaveText(["1", "3", "0", "0 h"]);

  // A second task is closed: throughput shows it.
  await page.goto(board);
  await live(page);
  await finish(page, "Second");
  await counted(page, "/dashboard?days=7");
  await expect(tile(page, "Closed today").locator("dd").first()).toHaveText("2");
  const week = await figures(page, "Created and closed");
  expect(week).toHaveLength(7);
  expect(week.at(-1)?.[2]).toBe("2");

  // Another project's tasks are in the sum, and out of it with the filter.
  await page.getByRole("link", { name: "Projects", exact: true }).click();
  await createProject(page, "Garden");
  await addCards(page, "To do", "Mend the fence");
  await counted(page, "/dashboard");
  await expect(tile(page, "Open").locator("dd").first()).toHaveText("2");
  const bar = page.getByRole("search", { name: "Figures" });
  await bar.getByLabel("Project").selectOption({ label: "Garden" });
  await expect(tile(page, "Open").locator("dd").first()).toHaveText("1");
  await expect(page).toHaveURL(/project=/);
  await bar.getByLabel("Person or team").selectOption({ label: "Mara" });
  await expect(tile(page, "Open").locator("dd").first()).toHaveText("0");
  await page.reload();
  await expect(tile(page, "Open").locator("dd").first()).toHaveText("0");
  await bar.getByLabel("Period").selectOption({ label: "Custom range" });
  await bar.getByLabel("First day").fill("2020-01-01");
  await bar.getByLabel("Last day").fill("2020-01-31");
  await expect(
    page.getByRole("region", { name: "Created and closed" }).getByText("No activity in this period."),
  ).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("dashboard, project and sprint charts pass the accessibility check", async ({ page }) => {
      test.slow();
      await signUp(page, "Mara");
      await createProject(page, "Delivery app");
      await addCards(page, "Backlog", "Later");
      await addCards(page, "In progress", "First", "Second");
      await page.keyboard.press("g");
      await page.keyboard.press("l");
      await page.getByRole("button", { name: "Plan a sprint" }).click();
      await page
        .getByRole("dialog", { name: "Plan a sprint" })
        .getByRole("button", { name: "Plan sprint" })
        .click();
      for (const title of ["First", "Second"]) {
        await page.locator("[data-backlog-task]").filter({ hasText: title }).focus();
        await page.keyboard.press("x");
      }
      await page.keyboard.press("s");
      await page.getByRole("dialog", { name: "Move 2 tasks" }).getByText("Sprint 1").click();
      await page.getByRole("button", { name: "Start sprint" }).click();
      await expect(page.getByText("Started Sprint 1").first()).toBeVisible();
      await page.keyboard.press("g");
      await page.keyboard.press("b");
      await live(page);
      await page.getByRole("link", { name: /^Sprint 1 · / }).click();
      await expect(page.getByRole("region", { name: "Burndown", exact: true })).toBeVisible();
      await accessible(page);

      const project = new URL(page.url()).pathname.split("/")[2] ?? "";
      await counted(page, `/p/${project}/analytics`);
      await expect(tile(page, "Open").locator("dd").first()).toHaveText("3");
      expect(await figures(page, "Open tasks by priority")).toContainEqual(["Medium", "3"]);
      await expect(
        page.getByRole("region", { name: "Open tasks by label" }).getByText("No tasks to show."),
      ).toBeVisible();
      await accessible(page);
      await page.screenshot({ path: `screenshots/analytics-${colorScheme}.png`, fullPage: true });
      await page.goto("/dashboard");
      await expect(tile(page, "Open").locator("dd").first()).toHaveText("3");
      await accessible(page);
      await page.screenshot({ path: `screenshots/dashboard-${colorScheme}.png`, fullPage: true });
    });
  });
}
