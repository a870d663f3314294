import { expect, test } from "@playwright/test";
import { addCards, card, createProject, invite, signUp } from "./steps";

/** What somebody else does has to be seen within this. */
const SOON = { timeout: 5_000 };

test("a field being edited is marked and locked for other people", async ({ page, browser }) => {
  const mara = await signUp(page, "Mara");
  await createProject(page, "Delivery app");
  await addCards(page, "Backlog", "Written together");
  const alex = await invite(mara, browser, "Alex", "Delivery app");
  for (const someone of [page, alex.page]) await card(someone, "Written together").click();
  const [here, there] = [page, alex.page].map((someone) =>
    someone.getByRole("complementary", { name: /^Task / }),
  );
  if (!here || !there) throw new Error("Both have the task open.");

  await there.getByLabel("Title").focus();
  await expect(card(page, "Written together")).toContainText("Alex is editing", SOON);
  await expect(here.getByText("Alex is editing", { exact: true })).toBeVisible();
  await expect(here.getByLabel("Title")).not.toBeEditable();

  await there.getByLabel("Title").fill("Written by Alex");
  await there.getByLabel("Title").press("Enter");
  await expect(here.getByLabel("Title")).toHaveValue("Written by Alex", SOON);
  await expect(here.getByLabel("Title")).toBeEditable(SOON);

  await there.getByRole("button", { name: "Write", exact: true }).click();
  await expect(here.getByText("Alex is editing", { exact: true })).toBeVisible(SOON);
  await expect(here.getByRole("button", { name: "Write", exact: true })).toBeDisabled();
  await there.getByRole("button", { name: "Close" }).click();
  await expect(card(page, "Written by Alex")).not.toContainText("is editing", SOON);
  await expect(here.getByRole("button", { name: "Write", exact: true })).toBeEnabled();
  await alex.context.close();
});

test("a late viewer sees who is editing, and the lock ends when that person leaves", async ({
  page,
  browser,
}) => {
  const mara = await signUp(page, "Mara");
  await createProject(page, "Delivery app");
  await addCards(page, "Backlog", "Written together");
  const alex = await invite(mara, browser, "Alex", "Delivery app");
  await card(alex.page, "Written together").click();
  await alex.page.getByRole("complementary").getByLabel("Title").focus();
  await expect(card(page, "Written together")).toContainText("Alex is editing", SOON);
  await page.reload();
  await expect(card(page, "Written together")).toContainText("Alex is editing", SOON);
  await alex.context.close();
  await expect(card(page, "Written together")).not.toContainText("is editing", SOON);
});

test("other people’s cursors show on the board unless turned off", async ({ page, browser }) => {
  const mara = await signUp(page, "Mara");
  await createProject(page, "Delivery app");
  await addCards(page, "Backlog", "Pointed at");
  const alex = await invite(mara, browser, "Alex", "Delivery app");
  const board = page.url();
  const pointer = page.locator('[data-pointer="Alex"]');

  const point = async () => {
    await card(alex.page, "Pointed at").hover();
    await alex.page.mouse.move(700, 500, { steps: 4 });
    await card(alex.page, "Pointed at").hover();
  };
  await point();
  await expect(pointer).toBeVisible(SOON);
  await expect(pointer).toContainText("Alex");
  await expect(pointer).toHaveCount(0, { timeout: 8_000 });

  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByLabel("Show other people’s cursors").uncheck();
  await page.goto(board);
  await expect(page.getByRole("list", { name: "People on this board" })).toBeVisible();
  await point();
  await expect(card(alex.page, "Pointed at")).toBeVisible();
  await expect(pointer).toHaveCount(0);
  await alex.context.close();
});

test("board activity shows in the activity panel as it happens", async ({ page, browser }) => {
  const mara = await signUp(page, "Mara");
  await createProject(page, "Delivery app");
  await addCards(page, "Backlog", "First");
  const alex = await invite(mara, browser, "Alex", "Delivery app");
  await page.getByRole("button", { name: "Activity", exact: true }).click();
  const activity = page.getByRole("complementary", { name: "Activity" });
  await expect(activity.getByRole("listitem").first()).toContainText("Alex joined the project");
  await expect(activity.getByRole("listitem").nth(1)).toContainText("Mara created this task");

  await card(alex.page, "First").focus();
  await alex.page.keyboard.press("]");
  const newest = activity.getByRole("listitem").first();
  await expect(newest).toContainText("Alex moved it from Backlog to To do", SOON);
  await newest.getByRole("link", { name: /First/ }).click();
  const panel = page.getByRole("complementary", { name: /^Task / });
  await expect(panel).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(activity).toHaveCount(0);
  await alex.context.close();
});
