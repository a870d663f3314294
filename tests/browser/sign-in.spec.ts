import { expect, test } from "@playwright/test";
import { createProject, mailedLink, signUp } from "./steps";

test("a reload stays signed in, and signing out in one tab signs out all tabs", async ({ page, context }) => {
  await signUp(page, "Mara");
  await page.reload();
  await expect(page.getByRole("heading", { name: "Projects" })).toBeVisible();
  const other = await context.newPage();
  await other.goto("/projects");
  await expect(other.getByRole("heading", { name: "Projects" })).toBeVisible();
  await page.getByRole("button", { name: /Workspace and account/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(other.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("tabs opened at the same time all stay signed in", async ({ page, context }) => {
  await signUp(page, "Mara");
  const tabs = await Promise.all(Array.from({ length: 5 }, () => context.newPage()));
  await Promise.all(tabs.map((tab) => tab.goto("/projects")));
  for (const tab of tabs) await expect(tab.getByRole("heading", { name: "Projects" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Projects" })).toBeVisible();
});

test("a wrong password keeps the form, and the emailed link resets the password", async ({ page }) => {
  const { email } = await signUp(page, "Mara");
  await page.getByRole("button", { name: /Workspace and account/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill("not the right one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue(email);
  await expect(page.getByLabel("Password")).toHaveValue("not the right one");

  await page.getByRole("link", { name: "Forgot password?" }).click();
  await expect(page.getByRole("heading", { name: "Forgot your password" })).toBeVisible();
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
  await page.goto(await mailedLink(page, email, "/reset-password"));
  await page.getByLabel("New password").fill("another long sentence");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill("another long sentence");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Projects" })).toBeVisible();
});

test("the emailed link confirms the address", async ({ page }) => {
  const { email } = await signUp(page, "Mara");
  await page.goto(await mailedLink(page, email, "/verify-email"));
  await expect(page.getByRole("heading", { name: "Your email is confirmed" })).toBeVisible();
});

test("a new workspace shows no projects of the first", async ({ page }) => {
  await signUp(page, "Mara");
  await createProject(page, "Delivery app");
  await page.getByRole("button", { name: /Workspace and account/ }).click();
  await page.getByRole("menuitem", { name: "Create a workspace" }).click();
  const dialog = page.getByRole("dialog", { name: "Create a workspace" });
  await dialog.getByLabel("Name", { exact: true }).fill(`Other ${Date.now()}`);
  await dialog.getByRole("button", { name: "Create workspace" }).click();
  await expect(page.getByText("No projects yet").first()).toBeVisible();
  await expect(page.getByText("Delivery app")).toHaveCount(0);
});
