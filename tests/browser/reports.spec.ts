import { expect, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { addCards, createProject, signUp } from "./steps";

test("a task report is created and downloaded when it is ready", async ({ page }) => {
  await signUp(page, "Mara");
  await createProject(page, "Garden");
  await addCards(page, "To do", "Mend the fence", "=1+1");

  await page.getByRole("link", { name: "Reports" }).click();
  await expect(page.getByText("No reports yet")).toBeVisible();
  const form = page.getByRole("form", { name: "New report" });
  await form.getByRole("button", { name: "Create report" }).click();
  await expect(form.getByRole("alert")).toHaveText("Choose a project.");
  await form.getByLabel("Project").selectOption({ label: "Garden" });
  await form.getByRole("radio", { name: /^CSV/ }).check();
  await form.getByRole("button", { name: "Create report" }).click();

  const list = page.getByRole("region", { name: "Your reports" });
  const download = list.getByRole("button", { name: /^Download .*\.csv$/ });
  await expect(list.getByText(/^Tasks of /)).toBeVisible();
  await expect(download).toBeVisible({ timeout: 20_000 });
  await expect(list.getByText(/CSV, 2 rows/)).toBeVisible();
  const arrives = page.waitForEvent("download");
  await download.click();
  const file = await arrives;
  expect(file.suggestedFilename()).toMatch(/-tasks-\d{4}-\d{2}-\d{2}\.csv$/);
  const text = await readFile(await file.path(), "utf8");
  expect(text).toContain("Mend the fence");
  expect(text).toContain("'=1+1");
});

test("the export link opens the report form with the page’s filters", async ({ page }) => {
  await signUp(page, "Mara");
  await createProject(page, "Garden");
  await page.getByRole("link", { name: "Analytics" }).click();
  await page.getByRole("link", { name: "Export report" }).click();
  const form = page.getByRole("form", { name: "New report" });
  await expect(form.getByLabel("Report", { exact: true })).toHaveValue("project");
  await expect(form.getByLabel("Project", { exact: true })).not.toHaveValue("");
  await form.getByRole("radio", { name: /^PDF/ }).check();
  await form.getByRole("button", { name: "Create report" }).click();
  const list = page.getByRole("region", { name: "Your reports" });
  await expect(list.getByRole("button", { name: /^Download .*\.pdf$/ })).toBeVisible({ timeout: 20_000 });
});
