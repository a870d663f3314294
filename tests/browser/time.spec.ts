import { expect, test } from "@playwright/test";
import { addCards, card, column, createProject, signUp } from "./steps";

test("a timer runs and stops, and logged time adds up in the timesheet", async ({ page }) => {
  await signUp(page, "Mara");
  await createProject(page, "Garden");
  await addCards(page, "Backlog", "Mend the fence");
  await card(column(page, "Backlog"), "Mend the fence").focus();
  await page.keyboard.press("s");
  const timer = page.getByRole("group", { name: "Timer" });
  await expect(timer).toContainText(/0:00:\d\d/);
  await page.reload();
  await expect(timer).toBeVisible();
  await timer.getByRole("button", { name: /^Stop the timer/ }).click();
  await expect(timer).toBeHidden();
  await expect(
    page.getByText("Less than a minute ran, and nothing was logged.", { exact: true }),
  ).toBeVisible();

  await card(column(page, "Backlog"), "Mend the fence").click();
  const time = page.getByRole("region", { name: "Time" });
  await time.getByRole("button", { name: "Log time" }).click();
  const form = time.getByRole("form", { name: "Log time" });
  await form.getByLabel("Time", { exact: true }).fill("1h 30m");
  await form.getByLabel("Note").fill("New posts");
  await form.getByRole("button", { name: "Log time" }).click();
  await expect(time.getByText("New posts")).toBeVisible();
  await time.getByRole("button", { name: "Edit 1 h 30 min" }).click();
  const change = time.getByRole("form", { name: "Change the log" });
  await change.getByLabel("Time", { exact: true }).fill("2h");
  await change.getByRole("button", { name: "Save" }).click();
  await expect(time.getByRole("button", { name: "Edit 2 h" })).toBeVisible();
  await expect(time.getByText("2 h logged")).toBeVisible();

  await page.getByRole("link", { name: "Timesheet" }).click();
  const row = page.getByRole("row", { name: /Mend the fence/ });
  await expect(row.getByRole("cell", { name: "2:00" }).first()).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV" }).click();
  expect((await download).suggestedFilename()).toMatch(/^timesheet-.*\.csv$/);
});

test("a team is created, and people are added and removed", async ({ page }) => {
  await signUp(page, "Mara");
  await page.getByRole("link", { name: "Teams" }).click();
  await page.getByRole("button", { name: "Create a team" }).click();
  const dialog = page.getByRole("dialog", { name: "New team" });
  await dialog.getByLabel("Name").fill("Platform");
  await dialog.getByRole("button", { name: "Create team" }).click();
  const team = page.getByRole("region", { name: "Platform" });
  await team.getByRole("button", { name: "Add people" }).click();
  await page.getByRole("option", { name: "Mara" }).click();
  await page.keyboard.press("Escape");
  await expect(team.getByText("Mara")).toBeVisible();
  await team.getByRole("button", { name: "Remove Mara from Platform" }).click();
  await expect(team.getByText("Nobody is in this team yet.")).toBeVisible();
});
