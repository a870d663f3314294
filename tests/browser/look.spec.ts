import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { addCards, card, createProject, signUp } from "./steps";

/** Checks a page, or the one part of it that has opened over the rest. */
async function accessible(page: Page, part?: string): Promise<void> {
  const all = new AxeBuilder({ page });
  const { violations } = await (part ? all.include(part) : all).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  expect(found).toEqual([]);
}

async function board(page: Page): Promise<void> {
  await signUp(page, "Mara");
  await createProject(page, "Delivery app");
  await addCards(page, "Backlog", "Route suggestions when a road closes mid-shift", "Dark map style");
  await addCards(page, "To do", "Offline queue: keep scans while out of coverage");
  await addCards(page, "In progress", "Let dispatchers swap two stops by dragging");
  await addCards(page, "Done", "Retry uploads with growing pauses");
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("the board, a task and the settings pass the accessibility check", async ({ page }) => {
      await board(page);
      await accessible(page);
      await page.screenshot({ path: `screenshots/board-${colorScheme}.png` });
      await card(page, "Offline queue").click();
      await expect(page.getByRole("complementary", { name: /^Task / }).getByText("History")).toBeVisible();
      await accessible(page);
      await page.screenshot({ path: `screenshots/task-${colorScheme}.png` });
      await page.keyboard.press("Escape");
      await card(page, "Offline queue").focus();
      await page.keyboard.press("m");
      await expect(page.getByRole("dialog", { name: /^Move, / })).toBeVisible();
      await accessible(page);
      await page.keyboard.press("Escape");
      await page.keyboard.press("h");
      await expect(
        page.getByRole("complementary", { name: "Activity" }).getByRole("listitem").first(),
      ).toBeVisible();
      await accessible(page);
      await page.getByRole("link", { name: "Settings", exact: true }).click();
      await expect(page.getByRole("heading", { name: "Sessions" })).toBeVisible();
      await expect(page).toHaveTitle("Settings · Millrace");
      await accessible(page);
    });

    test("the page of components shows each in its states", async ({ page }) => {
      await page.goto("/_local/components");
      await expect(page.getByRole("heading", { name: "Components", level: 1 })).toBeVisible();
      await accessible(page);
      await page.screenshot({ path: `screenshots/components-${colorScheme}.png`, fullPage: true });
      for (const [opener, opened] of [
        ["Open the menu", '[role="menu"]'],
        ["Choose a person", "[cmdk-root]"],
        ["Open a dialog", '[role="dialog"]'],
        ["Ask, and be refused", '[role="dialog"]'],
      ] as const) {
        await page.getByRole("button", { name: opener }).click();
        await expect(page.locator(opened)).toBeVisible();
        await accessible(page, opened);
        const name = opener.toLowerCase().replaceAll(/\W+/g, "-");
        await page.screenshot({ path: `screenshots/components-${name}-${colorScheme}.png` });
        await page.keyboard.press("Escape");
      }
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("one column shows at a time, and touch targets are at least 44 px", async ({ page }) => {
    await signUp(page, "Mara");
    await createProject(page, "Delivery app");
    await addCards(page, "Backlog", "Route suggestions when a road closes mid-shift");
    await page.screenshot({ path: "screenshots/board-phone.png" });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("button, a[href], input, select")]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 1)
        .map((element) => ({
          name: element.getAttribute("aria-label") ?? element.textContent ?? "",
          height: element.getBoundingClientRect().height,
        }))
        .filter(({ height }) => height < 40),
    );
    expect(small).toEqual([]);
    await card(page, "Route suggestions").tap();
    await expect(page.getByRole("complementary", { name: /^Task / })).toBeVisible();
    await page.screenshot({ path: "screenshots/task-phone.png" });
    await accessible(page);
    for (const path of [
      "/projects",
      "/dashboard",
      "/timesheet",
      "/teams",
      "/members",
      "/reports",
      "/settings",
      "/workspace",
    ]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
      const sideways = await page.locator("main").evaluate((main) => main.scrollWidth - main.clientWidth);
      expect(sideways, path).toBe(0);
    }
  });
});
