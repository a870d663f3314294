import { expect, test, type Page } from "@playwright/test";
import { addCards, card, createProject, invite, signUp } from "./steps";

/** Drops a picture on the open task, as from a folder. */
async function dropPicture(page: Page, name: string): Promise<void> {
  await page.locator("[data-panel-task]").evaluate(async (panel, fileName) => {
    const canvas = document.createElement("canvas");
    canvas.width = 800;
    canvas.height = 400;
    const context = canvas.getContext("2d");
    if (context) {
      context.fillStyle = "teal";
      context.fillRect(0, 0, 800, 400);
    }
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    const data = new DataTransfer();
    data.items.add(new File([blob ?? ""], fileName, { type: "image/png" }));
    panel.dispatchEvent(
      new DragEvent("dragover", {
        dataTransfer: data,
        bubbles: true,
        cancelable: true,
      }),
    );
    panel.dispatchEvent(
      new DragEvent("drop", {
        dataTransfer: data,
        bubbles: true,
        cancelable: true,
      }),
    );
  }, name);
}

test("a dropped picture gets a thumbnail and shows for other people at once", async ({ page, browser }) => {
  const host = await signUp(page, "Mara");
  await createProject(page, "Files");
  await addCards(page, "Backlog", "Illustrated");
  const guest = await invite(host, browser, "Noor", "Files");
  for (const someone of [page, guest.page]) await card(someone, "Illustrated").click();
  const here = page.getByRole("region", { name: "Files" });
  const there = guest.page.getByRole("region", { name: "Files" });
  await expect(there).toContainText("No files yet");

  await dropPicture(page, "Sketch.png");
  await expect(here.getByRole("button", { name: "Open Sketch.png" })).toBeVisible();
  await expect(there.getByRole("button", { name: "Open Sketch.png" })).toBeVisible();
  await expect(card(guest.page, "Illustrated")).toContainText("1 files");
  const thumbnail = here.getByRole("listitem").locator("img");
  await expect(thumbnail).toBeVisible();
  await expect.poll(() => thumbnail.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320);
  await expect(there.getByRole("listitem").locator("img")).toBeVisible();

  const popup = page.waitForEvent("popup");
  await here.getByRole("button", { name: "Open Sketch.png" }).click();
  const opened = await popup;
  await expect.poll(() => opened.url()).toContain("X-Amz-Signature");
  await opened.close();

  await page.getByLabel("Files to attach").setInputFiles({
    name: "false.png",
    mimeType: "image/png",
    buffer: Buffer.from("<html><script>alert(1)</script></html>"),
  });
  await expect(here.getByRole("alert")).toContainText("it is none");
  await here.getByRole("button", { name: "Dismiss false.png" }).click();
  await expect(here.getByRole("alert")).toHaveCount(0);

  await here.getByRole("listitem").hover();
  await here.getByRole("button", { name: "Actions for Sketch.png" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Remove file" }).click();
  await expect(there).toContainText("No files yet");
});

test("a profile picture replaces the person's initials", async ({ page }) => {
  await signUp(page, "Ida");
  await page.goto("/settings");
  const picture = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 300;
    canvas.height = 200;
    canvas.getContext("2d")?.fillRect(0, 0, 300, 200);
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  });
  await page.getByLabel("Your picture").setInputFiles({
    name: "me.png",
    mimeType: "image/png",
    buffer: Buffer.from(picture, "base64"),
  });
  await expect(page.getByText("Changed your picture", { exact: true })).toBeVisible();
  const shown = page.getByRole("main").getByRole("img", { name: "Ida" }).locator("img");
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(256);
});
