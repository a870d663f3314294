import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, it, vi } from "vitest";
import * as toasts from "@/components/ui/toast-store";
import type { CustomField } from "@/lib/api/types";
import { queryClient } from "@/lib/query-client";
import { refuse } from "@/testing/answers";
import { server } from "@/testing/server";
import { ProjectFields } from "./project-fields";

const field = (id: string, on_card: boolean): CustomField => ({
  id,
  name: `Field ${id}`,
  kind: "text",
  required: false,
  on_card,
});
const onCards = (id: string) => screen.findByRole("switch", { name: `Show Field ${id} on cards` });

it("shows at most three fields on cards and reverts when refused", async () => {
  let fields = [field("1", true), field("2", true), field("3", false), field("4", false)];
  let refused = false;
  server.use(
    http.get("*/api/projects/AB/fields", () => HttpResponse.json({ fields, version: 1 })),
    http.put("*/api/projects/AB/fields", async ({ request }) => {
      if (refused) return refuse(409, "Somebody was faster");
      ({ fields } = (await request.json()) as { fields: CustomField[] });
      return HttpResponse.json({ fields, version: 2 });
    }),
  );
  render(
    <QueryClientProvider client={queryClient}>
      <ProjectFields project="AB" editable />
    </QueryClientProvider>,
  );
  const user = userEvent.setup();
  await user.click(await onCards("3"));
  await waitFor(() => expect(fields.map(({ on_card }) => on_card)).toEqual([true, true, true, false]));
  expect(await onCards("4")).toBeDisabled();
  await waitFor(async () => expect(await onCards("3")).toBeEnabled());
  refused = true;
  const said = vi.spyOn(toasts, "problemToast");
  await user.click(await onCards("1"));
  await waitFor(() => expect(said).toHaveBeenCalledWith("The field was not changed. Somebody was faster."));
  await waitFor(async () => expect(await onCards("1")).toBeChecked());
});
