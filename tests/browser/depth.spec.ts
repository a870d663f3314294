import { expect, test } from "@playwright/test";
import { addCards, card, column, createProject, invite, signUp } from "./steps";

test("a blocked card shows as blocked for everyone until its blocker is done", async ({ page, browser }) => {
  const mara = await signUp(page, "Mara");
  await createProject(page, "Garden");
  await addCards(page, "Backlog", "Mend the fence", "Paint the fence");
  const noor = await invite(mara, browser, "Noor", "Garden");
  await card(page, "Paint the fence").click();
  const panel = page.getByRole("complementary", { name: /^Task / });
  await panel.getByRole("button", { name: "Link", exact: true }).click();
  const finder = page.getByRole("dialog", { name: "Link to a task" });
  await finder.getByRole("radio", { name: "Blocked by" }).click();
  await finder.getByPlaceholder("Key or title").fill("Mend");
  await finder.getByRole("option", { name: /Mend the fence/ }).click();
  await expect(panel.getByRole("region", { name: "Links" })).toContainText("Mend the fence");
  await expect(card(column(noor.page, "Backlog"), "Paint the fence")).toContainText("Blocked");
  await expect(card(column(page, "Backlog"), "Paint the fence")).toContainText("Blocked");
  await card(noor.page, "Mend the fence").click();
  const other = noor.page.getByRole("complementary", { name: /^Task / });
  await other.getByRole("button", { name: "Change status" }).click();
  await noor.page.getByRole("option", { name: "Done" }).click();
  await expect(card(column(page, "Backlog"), "Paint the fence")).not.toContainText("Blocked");
  await noor.context.close();
});

test("a subtask can be checked off, and a custom field keeps its value", async ({ page }) => {
  await signUp(page, "Mara");
  await createProject(page, "Garden");
  await addCards(page, "Backlog", "Mend the fence");
  await page.getByRole("link", { name: "Project settings" }).click();
  await page.getByRole("button", { name: "New field" }).first().click();
  await page.getByRole("dialog").getByLabel("Name").fill("Supplier");
  await page.getByRole("button", { name: "Create field" }).click();
  await expect(page.getByRole("button", { name: "Supplier", exact: true })).toBeVisible();
  await page.goBack();
  await card(page, "Mend the fence").click();
  const panel = page.getByRole("complementary", { name: /^Task / });
  await panel.getByLabel("Supplier").fill("Oak and sons");
  await panel.getByLabel("Supplier").press("Enter");
  await expect(panel.getByRole("region", { name: "History" })).toContainText(
    "set the supplier to Oak and sons",
  );
  await panel.getByLabel("New subtask").fill("Buy nails");
  await panel.getByRole("button", { name: "Add", exact: true }).click();
  await expect(panel.getByText("0 of 1 done")).toBeVisible();
  await panel.getByRole("checkbox", { name: /is done$/ }).check();
  await expect(panel.getByText("1 of 1 done")).toBeVisible();
});
