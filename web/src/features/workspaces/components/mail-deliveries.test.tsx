import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, it } from "vitest";
import type { MailDelivery } from "@/lib/api/types";
import { someone } from "@/testing/answers";
import { renderApp } from "@/testing/render-app";
import { snapshot } from "@/testing/samples";
import { server } from "@/testing/server";

const mail: MailDelivery = {
  id: "01M7YR1PMXMTPCYYYMA6G08E41",
  user_id: "usr_iYIFxfQ9Mj46USJzQ5CI",
  address: "sam@acme.example",
  topic: "assigned",
  status: "failed",
  tries: 5,
  reason: "the address does not exist",
  created_at: "2026-11-20T08:00:00Z",
  updated_at: "2026-11-20T09:00:00Z",
};

it("shows why an email failed and sends it again", async () => {
  let failed = [mail];
  const sent: string[] = [];
  server.use(
    http.get("*/api/workspaces/w", () =>
      HttpResponse.json({ id: "w", slug: "acme", name: "Acme", description: "", version: 1 }),
    ),
    http.get("*/api/admin/mails", () => HttpResponse.json({ items: failed, next: null })),
    http.post("*/api/admin/mails/:mail/resend", ({ params }) => {
      sent.push(String(params.mail));
      failed = [];
      return HttpResponse.json({ ...mail, status: "queued", tries: 0, reason: null });
    }),
    ...someone(snapshot([])),
  );
  renderApp("/workspace");
  expect(await screen.findByText("Failed after 5 tries: the address does not exist")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Send again" }));
  await waitFor(() => expect(sent).toEqual([mail.id]));
  expect(await screen.findByText("No failed emails")).toBeVisible();
});

it("shows a notice on pages of a disabled feature", async () => {
  server.use(
    http.get("*/api/flags", () => HttpResponse.json({ flags: { sprints: false }, version: 2 })),
    ...someone(snapshot([])),
  );
  renderApp("/p/WEB/sprints");
  expect(await screen.findByText("Sprints is switched off")).toBeVisible();
});
