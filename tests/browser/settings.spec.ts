import { expect, test } from "@playwright/test";
import { addCards, card, column, createProject, invite, signUp } from "./steps";

test("a label is created, renamed and removed", async ({ page }) => {
  await signUp(page, "Mara");
  await createProject(page, "Garden");
  await page.getByRole("link", { name: "Project settings" }).click();
  await page.getByRole("button", { name: "New label" }).first().click();
  await page.getByRole("dialog").getByLabel("Name").fill("urgent repair");
  await page.getByRole("button", { name: "Create label" }).click();
  await page.getByRole("button", { name: "urgent repair", exact: true }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("repair");
  await page.getByRole("button", { name: "Save", exact: true }).last().click();
  await expect(page.getByRole("button", { name: "repair", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Delete the label repair" }).click();
  await expect(page.getByRole("dialog")).toContainText("It is removed from every task that has it.");
  await page.getByRole("button", { name: "Delete label" }).click();
  await expect(page.getByRole("button", { name: "repair", exact: true })).toBeHidden();
});

test("a role can be changed, and a removed member loses access", async ({ page, browser }) => {
  const mara = await signUp(page, "Mara");
  await createProject(page, "Garden");
  await addCards(page, "Backlog", "Mend the fence");
  const noor = await invite(mara, browser, "Noor", "Garden");
  await expect(card(column(noor.page, "Backlog"), "Mend the fence")).toBeVisible();
  await page.getByRole("link", { name: "Members" }).click();
  const saved = page.waitForResponse((answer) => answer.request().method() === "PATCH");
  await page.getByLabel("Role of Noor").selectOption("admin");
  await expect(page.getByLabel("Role of Noor")).toHaveValue("admin");
  expect((await saved).ok()).toBe(true);
  await noor.page.reload();
  await noor.page.getByRole("link", { name: "Members" }).click();
  await expect(noor.page.getByRole("button", { name: "Invite", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Remove Noor" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText(noor.email)).toBeHidden();
  await noor.page.reload();
  await expect(noor.page.getByText("Mend the fence")).toBeHidden();
  await expect(noor.page.getByText(mara.email)).toBeHidden();
  await noor.context.close();
});

test("a new workspace shows nothing of the first", async ({ page }) => {
  await signUp(page, "Mara");
  await createProject(page, "Garden");
  await page.getByRole("button", { name: /Workspace and account/ }).click();
  await page.getByRole("menuitem", { name: "Create a workspace" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("Orchard");
  await dialog.getByLabel("Short name").fill(`orchard-${Date.now()}`);
  await dialog.getByRole("button", { name: "Create workspace" }).click();
  await expect(page.getByRole("heading", { name: "Projects" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Garden" })).toBeHidden();
  await page.getByRole("button", { name: /Workspace and account/ }).click();
  await page.getByRole("menuitem", { name: /^Team/ }).click();
  await expect(page.getByRole("link", { name: "Garden" }).first()).toBeVisible();
});

test("a session can be signed out from the settings", async ({ page, browser }) => {
  const { email } = await signUp(page, "Mara");
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto("/sign-in");
  await other.getByLabel("Email").fill(email);
  await other.getByLabel("Password").fill("a long sentence for tests");
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByRole("heading", { name: "Projects" })).toBeVisible();
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeHidden();
  await other.reload();
  await expect(other.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await elsewhere.close();
});
