import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { addCards, card, column, createProject, signUp } from "./steps";

const table = [
  "Aufgabe;Wo;Punkte;Wer",
  "Write the release notes;In progress;3;nobody@example.com",
  "=Ship it;Done;many;",
  ";Done;1;",
].join("\n");

test("a CSV file is mapped, previewed and imported as cards", async ({ page }) => {
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
  await expect(page.getByLabel("File type")).toHaveValue("csv");
  await page.getByRole("button", { name: "Send and check" }).click();
  const section = page.getByRole("region", { name: "Import", exact: true });
  await expect(section.getByRole("button", { name: "Import 2 tasks" })).toBeEnabled();

  await section.getByLabel("Field for Wo").selectOption("Column");
  await section.getByLabel("Field for Wer").selectOption("Assignees");
  await section.getByRole("button", { name: "Check again" }).click();
  const problems = section.getByRole("region", { name: "Problems" });
  await expect(problems).toContainText("nobody@example.com");
  await expect(problems.getByRole("row")).toHaveCount(4);
  const kept = page.waitForEvent("download");
  await section.getByRole("link", { name: "Download all of it as CSV" }).click();
  expect((await kept).suggestedFilename()).toContain("problems");

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

test("importing an exported project includes the files on its tasks", async ({ page }) => {
  await signUp(page, "Noor");
  await createProject(page, "Before");
  await addCards(page, "Backlog", "Illustrated");
  await card(page, "Illustrated").click();
  const files = page.getByRole("region", { name: "Files" });
  const notes = { name: "Notes.txt", mimeType: "text/plain", buffer: Buffer.from("Some notes") };
  await page.getByLabel("Files to attach").setInputFiles(notes);
  await expect(files.getByRole("button", { name: "Open Notes.txt" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Project settings" }).click();
  await page.getByRole("link", { name: "Import or export" }).click();
  const exported = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export as JSON" }).click();
  const file = await (await exported).path();

  await page.goto("/projects");
  await createProject(page, "After");
  await page.getByRole("link", { name: "Project settings" }).click();
  await page.getByRole("link", { name: "Import or export" }).click();
  await page.getByLabel("File to import").setInputFiles({
    name: "Before.json",
    mimeType: "application/json",
    buffer: await readFile(file),
  });
  await expect(page.getByLabel("File type")).toHaveValue("json");
  await page.getByRole("button", { name: "Send and check" }).click();
  const section = page.getByRole("region", { name: "Import", exact: true });
  await expect(section).toContainText("1 file will be imported.");
  await section.getByRole("button", { name: "Import 1 task" }).click();
  await expect(section).toContainText("1 file imported.");
  await section.getByRole("link", { name: "See it on the board" }).click();
  await card(page, "Illustrated").click();
  await expect(files.getByRole("button", { name: "Open Notes.txt" })).toBeVisible();
});
