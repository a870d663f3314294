import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it } from "vitest";
import type { Attachment } from "@/lib/api/types";
import { refuse, someone } from "@/testing/answers";
import { renderApp } from "@/testing/render-app";
import { attachment, card, snapshot, task } from "@/testing/samples";
import { server } from "@/testing/server";

let files: Attachment[] = [];
let announced: unknown[] = [];

const upload = (status = 204) => [
  http.post("*/api/tasks/AB-1/attachments", async ({ request }) => {
    announced.push(await request.json());
    const form = {
      url: "http://localhost:3000/bucket/",
      fields: { key: "k" },
      expires_at: "2030-01-01T00:00:00Z",
    };
    return HttpResponse.json({ id: "att_1", upload: form }, { status: 201 });
  }),
  http.post("*/bucket/", () => new HttpResponse(null, { status })),
];

beforeEach(() => {
  files = [];
  announced = [];
  server.use(
    http.get("*/api/tasks/AB-1", () => HttpResponse.json(task("AB-1"))),
    http.get("*/api/tasks/AB-1/history", () => HttpResponse.json({ items: [], next: null })),
    http.get("*/api/tasks/AB-1/attachments", () => HttpResponse.json({ items: files, next: null })),
    ...someone(snapshot([card("AB-1")])),
  );
});

async function open() {
  renderApp("/p/AB/b/board/t/AB-1");
  const section = await screen.findByRole("region", { name: "Files" });
  await within(section).findByText(/No files yet|KB|bytes/);
  return { user: userEvent.setup(), section };
}

const drop = (section: HTMLElement, ...dropped: File[]) =>
  fireEvent.drop(section, { dataTransfer: { types: ["Files"], files: dropped } });

it("attaches what is dropped on the task", async () => {
  server.use(
    ...upload(),
    http.post("*/api/tasks/AB-1/attachments/att_1/complete", () =>
      HttpResponse.json(attachment("att_1", { name: "notes.txt" })),
    ),
  );
  const { section } = await open();
  drop(section, new File(["words"], "notes.txt", { type: "text/plain" }));
  expect(await within(section).findByRole("button", { name: "Open notes.txt" })).toBeInTheDocument();
  await waitFor(() => expect(within(section).queryByRole("progressbar")).toBeNull());
  expect(announced).toEqual([{ name: "notes.txt", size: 5, content_type: "text/plain" }]);
});

it("shows an error with a next step for each refused file", async () => {
  server.use(
    ...upload(),
    http.post("*/api/tasks/AB-1/attachments/att_1/complete", () =>
      refuse(422, "wrong", {
        errors: [{ field: "content_type", message: "says that this is an image, and it is none" }],
      }),
    ),
  );
  const { user, section } = await open();
  const large = new File(["x"], "film.mov");
  Object.defineProperty(large, "size", { value: 200 * 1024 * 1024 });
  drop(section, large, new File([], "empty.txt"), new File(["<html>"], "cat.png", { type: "image/png" }));
  expect(await within(section).findByText(/200 MB, and the limit is 100 MB/)).toBeInTheDocument();
  expect(within(section).getByText(/It is empty/)).toBeInTheDocument();
  expect(await within(section).findByText(/it is none. Choose another file./)).toBeInTheDocument();
  expect(within(section).getAllByRole("button", { name: "Try again" })).toHaveLength(1);
  for (const name of ["film.mov", "empty.txt", "cat.png"])
    await user.click(within(section).getByRole("button", { name: `Dismiss ${name}` }));
  expect(within(section).queryByRole("alert")).toBeNull();
});

it("restores a file when its removal is refused", async () => {
  files = [attachment("att_1", { name: "plan.pdf" })];
  server.use(http.delete("*/api/tasks/AB-1/attachments/att_1", () => refuse(409, "the task is archived")));
  const { user, section } = await open();
  await user.click(within(section).getByRole("button", { name: "Actions for plan.pdf" }));
  await user.click(await screen.findByRole("menuitem", { name: "Remove" }));
  await user.click(await screen.findByRole("button", { name: "Remove file" }));
  expect(await screen.findByText(/plan.pdf was not removed. The task is archived./)).toBeInTheDocument();
  expect(await within(section).findByText("plan.pdf")).toBeInTheDocument();
});
