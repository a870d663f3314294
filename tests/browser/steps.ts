import { expect, type Browser, type BrowserContext, type Locator, type Page } from "@playwright/test";
import { randomUUID } from "node:crypto";

const PASSWORD = "a long sentence for tests";

/** Someone with a browser of their own, looking at a board. */
export interface Someone {
  page: Page;
  context: BrowserContext;
  name: string;
  email: string;
}

const address = (name: string) => `${name.toLowerCase()}-${randomUUID().slice(0, 8)}@example.com`;

/** Signs a new person up through the page, with a workspace of their own. */
export async function signUp(page: Page, name: string): Promise<Someone> {
  const email = address(name);
  await page.goto("/sign-up");
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByLabel("Workspace").fill(`Team ${randomUUID().slice(0, 8)}`);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "Projects" })).toBeVisible();
  return { page, context: page.context(), name, email };
}

/** Makes a project through the page, and ends on its board. */
export async function createProject(page: Page, name: string): Promise<void> {
  // The first project can be made from the empty page too.
  await page.getByRole("button", { name: "Create project", exact: true }).first().click();
  const dialog = page.getByRole("dialog", { name: "Create a project" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create project" }).click();
  await expect(column(page, "Backlog")).toBeVisible();
  await live(page);
}

/** A column of the board. */
export function column(page: Page, name: string): Locator {
  return page.getByRole("region", { name: new RegExp(`^${name}, \\d+ cards?$`) });
}

/** A card of the board, by its title. */
export function card(where: Page | Locator, title: string): Locator {
  return where.locator("[data-card]").filter({ hasText: title });
}

/** Waits until the board hears of changes as they happen. */
export async function live(page: Page): Promise<void> {
  await expect(page.locator("[data-live]")).toHaveAttribute("data-live", "live");
}

/** Adds cards to a column, and waits until the server has them. */
export async function addCards(page: Page, to: string, ...titles: string[]): Promise<void> {
  await page.getByRole("button", { name: `Add a card to ${to}` }).click();
  const box = page.getByLabel(`Title of the new card in ${to}`);
  for (const title of titles) {
    await box.fill(title);
    await box.press("Enter");
    await expect(card(column(page, to), title)).not.toContainText("Saving");
  }
  await box.press("Escape");
}

/** The titles in a column, from top to bottom. */
export async function expectCards(page: Page, name: string, ...titles: string[]): Promise<void> {
  const cards = column(page, name).locator("[data-card]");
  await expect(cards).toHaveCount(titles.length);
  for (const [index, title] of titles.entries()) await expect(cards.nth(index)).toContainText(title);
}

/** Drags with the mouse, in steps as a hand does, to a place in an element. */
export async function drag(page: Page, from: Locator, to: Locator, fromTop: number): Promise<void> {
  const start = await from.boundingBox();
  const end = await to.boundingBox();
  if (!start || !end) throw new Error("What is to be dragged, or where to, cannot be seen.");
  const x = start.x + start.width / 3;
  const y = start.y + Math.min(20, start.height / 2);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 8, y + 8, { steps: 3 });
  await page.mouse.move(end.x + end.width / 2, end.y + fromTop, { steps: 12 });
}

/** Invites someone through the page, and lets them join from the mail in a browser of their own. */
export async function invite(
  host: Someone,
  browser: Browser,
  name: string,
  project: string,
): Promise<Someone> {
  const email = address(name);
  const board = host.page.url();
  await host.page.getByRole("link", { name: "Members" }).click();
  await host.page.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = host.page.getByRole("dialog", { name: /^Invite someone/ });
  await dialog.getByLabel("Email").fill(email);
  await dialog.getByRole("checkbox", { name: project }).check();
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(dialog).toBeHidden();
  await host.page.goto(board);
  await live(host.page);

  const link = await mailedLink(host.page, email, "/invites/");
  const context = await browser.newContext({ viewport: { width: 1640, height: 900 } });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("heading", { name: "Projects" })).toBeVisible();
  await page.goto(new URL(board).pathname);
  await live(page);
  return { page, context, name, email };
}

/** The path of a link that was mailed to someone; only the embedded server has a mailbox to look into. */
export async function mailedLink(page: Page, to: string, path: string): Promise<string> {
  let found: string | undefined;
  await expect
    .poll(
      async () => {
        const answer = await page.request.get(`/_local/mail?to=${encodeURIComponent(to)}`, {
          headers: { accept: "application/json" },
        });
        const { items } = (await answer.json()) as { items: { links: string[] }[] };
        found = items.flatMap(({ links }) => links).find((link) => link.includes(path));
        return found;
      },
      { message: `a mail to ${to} with a link to ${path}` },
    )
    .toBeDefined();
  const url = new URL(found ?? "", page.url());
  return url.pathname + url.search;
}
