import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, it } from "vitest";
import type { NotificationPreferences } from "@/lib/api/types";
import { refuse, someone } from "@/testing/answers";
import { renderApp } from "@/testing/render-app";
import { snapshot } from "@/testing/samples";
import { server } from "@/testing/server";
import { kinds } from "../words";

const channels = { in_app: true, email: false, digest: false };
const preferences = {
  events: Object.fromEntries(kinds.map((kind) => [kind, channels])),
  quiet_hours: { on: false, from: "22:00:00", to: "07:00:00" },
  time_zone: "UTC",
  digest_at: "08:00:00",
  weekly_report: true,
} as NotificationPreferences;

function open(put: (sent: NotificationPreferences) => Response) {
  const sent: NotificationPreferences[] = [];
  server.use(
    http.get("*/api/notifications/preferences", () => HttpResponse.json(preferences)),
    http.put("*/api/notifications/preferences", async ({ request }) => {
      const body = (await request.json()) as NotificationPreferences;
      sent.push(body);
      return put(body);
    }),
    ...someone(snapshot([])),
  );
  renderApp("/settings/notifications");
  return sent;
}

it("changes only the selected channel of one event", async () => {
  const sent = open((body) => HttpResponse.json(body));
  const box = await screen.findByRole("checkbox", { name: "Someone comments: Email" });
  await userEvent.click(box);
  await waitFor(() => expect(box).toBeChecked());
  const commented = { ...channels, email: true };
  expect(sent).toEqual([{ ...preferences, events: { ...preferences.events, commented } }]);
});

it("reverts a refused change and shows an error", async () => {
  open(() => refuse(503, "the system is busy"));
  const box = await screen.findByRole("checkbox", { name: "Quiet hours" });
  await userEvent.click(box);
  expect((await screen.findAllByText(/That was not saved/)).length).toBeGreaterThan(0);
  expect(screen.getByRole("checkbox", { name: "Quiet hours" })).not.toBeChecked();
});

it("unsubscribes only after a click", async () => {
  let stopped = 0;
  server.use(
    http.post("*/api/notifications/unsubscribe/abc", () => {
      stopped += 1;
      return HttpResponse.json({ topic: "assigned", workspace: "Acme" });
    }),
    ...someone(snapshot([])),
  );
  renderApp("/unsubscribe/abc");
  const button = await screen.findByRole("button", { name: "Unsubscribe" });
  expect(stopped).toBe(0);
  await userEvent.click(button);
  expect(await screen.findByRole("status")).toHaveTextContent(
    "Acme no longer emails you about tasks that are assigned to you.",
  );
});
