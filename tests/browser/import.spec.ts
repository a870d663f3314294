import { expect, test } from "@playwright/test";
import { card, column, createProject, signUp } from "./steps";

const table = [
  "Aufgabe;Wo;Punkte;Wer",
  "Write the release notes;In progress;3;nobody@example.com",
  "=Ship it;Done;many;",
  ";Done;1;",
].join("\n");

test("a table is mapped, looked at, and comes in as cards", async ({ page }) => {
  await signUp(page, "Mara");
  await createProject(page, "Moving in");
  await page.getByRole("link", { name: "Project settings" }).click();
  await page.getByRole("link", { name: "Import or export" }).click();
  await expect(page.getByRole("heading", { name: "Import and export" })).toBeVisible();

  await page.getByLabel("File to import").setInputFiles({
    name: "Old board.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(table),
  });
  await expect(page.getByLabel("What it is")).toHaveValue("csv");
  await page.getByRole("button", { name: "Send and check" }).click();
  const section = page.getByRole("region", { name: "Import", exact: true });
  await expect(section.getByRole("button", { name: "Import 2 tasks" })).toBeEnabled();

  await section.getByLabel("What Wo holds").selectOption("Column");
  await section.getByLabel("What Wer holds").selectOption("Assignees");
  await section.getByRole("button", { name: "Check again" }).click();
  const problems = section.getByRole("region", { name: "What does not fit" });
  await expect(problems).toContainText("nobody@example.com");
  await expect(problems.getByRole("row")).toHaveCount(4);
  const kept = page.waitForEvent("download");
  await section.getByRole("button", { name: "Download as CSV" }).click();
  expect((await kept).suggestedFilename()).toContain("Old board");

  // What is under way is in the address.
  await page.reload();
  await section.getByRole("button", { name: "Import 2 tasks" }).click();
  await expect(section).toContainText("2 tasks imported.");
  await section.getByRole("link", { name: "See them on the board" }).click();
  await expect(card(column(page, "In progress"), "Write the release notes")).toBeVisible();
  await expect(card(column(page, "Done"), "=Ship it")).toBeVisible();

  await page.getByRole("link", { name: "Project settings" }).click();
  await page.getByRole("link", { name: "Import or export" }).click();
  await expect(page.getByRole("link", { name: /Old board.csv/ })).toBeVisible();
  const exported = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export as CSV" }).click();
  expect((await exported).suggestedFilename()).toMatch(/\.csv$/);
});
