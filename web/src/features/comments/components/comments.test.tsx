import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Comment } from "@/lib/api/types";
import { refuse, someone } from "@/testing/answers";
import { renderApp } from "@/testing/render-app";
import { card, comment, snapshot, task } from "@/testing/samples";
import { server } from "@/testing/server";
// Loaded with the page in these tests, so that nothing waits for it.
import "@/components/ui/markdown";

const board = snapshot([card("AB-1")], {
  people: [
    { id: "me", name: "Mara Lindqvist", email: null, role: "owner", avatar_url: null },
    { id: "usr_alex", name: "Alex Okafor", email: null, role: "member", avatar_url: null },
  ],
});

let comments: Comment[] = [];
let sent: unknown[] = [];
beforeEach(() => {
  comments = [];
  sent = [];
  server.use(
    http.get("*/api/tasks/AB-1", () => HttpResponse.json(task("AB-1"))),
    http.get("*/api/tasks/AB-1/history", () => HttpResponse.json({ items: [], next: null })),
    http.get("*/api/tasks/AB-1/comments", () => HttpResponse.json({ items: comments, next: null })),
    ...someone(board),
  );
});
afterEach(() => localStorage.clear());

async function open() {
  renderApp("/p/AB/b/board/t/AB-1");
  const section = await screen.findByRole("region", { name: "Comments" });
  return { user: userEvent.setup(), section, box: await within(section).findByLabelText("Comment") };
}

it("shows a comment with its mention before the server answers", async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  server.use(
    http.post("*/api/tasks/AB-1/comments", async ({ request }) => {
      const body = (await request.json()) as { body: string };
      sent.push(body);
      await held;
      return HttpResponse.json(
        comment("cmt_1", { author: "me", ...body, created_at: new Date().toISOString() }),
      );
    }),
  );
  const { user, section, box } = await open();
  await user.type(box, "Ask @al");
  expect(screen.getByRole("option", { name: /Alex Okafor/ })).toHaveAttribute("aria-selected", "true");
  await user.keyboard("{Enter}");
  expect(box).toHaveValue("Ask @Alex Okafor ");
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(await within(section).findByText("@Alex Okafor")).toBeInTheDocument();
  expect(within(section).getByText("Posting")).toBeInTheDocument();
  release();
  await waitFor(() => expect(within(section).queryByText("Posting")).toBeNull());
  expect(sent).toEqual([{ body: "Ask @[Alex Okafor](usr_alex)" }]);
  expect(within(section).getAllByRole("article")).toHaveLength(1);
  expect(box).toHaveValue("");
});

it("restores a refused comment and keeps it as a draft", async () => {
  server.use(http.post("*/api/tasks/AB-1/comments", () => refuse(422, "that is too long")));
  const { user, section, box } = await open();
  await user.type(box, "A thought");
  expect(localStorage.getItem("millrace.draft.me.AB-1.new")).toBe("A thought");
  await user.click(within(section).getByRole("button", { name: "Post" }));
  expect(await screen.findByText(/Your comment was not posted. That is too long./)).toBeInTheDocument();
  await waitFor(() => expect(box).toHaveValue("A thought"));
  expect(within(section).queryByRole("article")).toBeNull();
});

it("restores a draft when the panel opens again", async () => {
  localStorage.setItem("millrace.draft.me.AB-1.new", "Half a sent");
  const { box } = await open();
  expect(box).toHaveValue("Half a sent");
});

it("removes a reaction again when the server refuses it", async () => {
  comments = [comment("cmt_1", { reactions: [{ emoji: "👍", people: ["usr_alex"] }] })];
  server.use(
    http.put("*/api/tasks/AB-1/comments/cmt_1/reactions/:emoji", () => refuse(409, "the task is archived")),
  );
  const { user, section } = await open();
  const reaction = await within(section).findByRole("button", { name: /^👍 1/ });
  await user.click(reaction);
  expect(await screen.findByText(/Your reaction was not added/)).toBeInTheDocument();
  await waitFor(() =>
    expect(within(section).getByRole("button", { name: "👍 1, by Alex Okafor" })).toBeInTheDocument(),
  );
});

it("selects an emoji by typing a word and pressing Enter", async () => {
  comments = [comment("cmt_1")];
  server.use(
    http.put("*/api/tasks/AB-1/comments/cmt_1/reactions/:emoji", ({ params }) => {
      sent.push(params.emoji);
      return HttpResponse.json(comment("cmt_1", { reactions: [{ emoji: "🚀", people: ["me"] }] }));
    }),
  );
  const { user, section } = await open();
  (await within(section).findByRole("button", { name: "React" })).focus();
  await user.keyboard("{Enter}");
  await user.keyboard("rocket{Enter}");
  expect(await within(section).findByRole("button", { name: "🚀 1, by you" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await waitFor(() => expect(sent).toEqual(["🚀"]));
});

it("edits an own comment and shows its history", async () => {
  comments = [comment("cmt_1", { author: "me", body: "Ask @[Alex](usr_alex)" })];
  server.use(
    http.patch("*/api/tasks/AB-1/comments/cmt_1", async ({ request }) => {
      const body = (await request.json()) as { body: string };
      sent.push(body);
      const earlier = [{ body: "Ask @[Alex](usr_alex)", since: "2026-01-05T09:00:00Z" }];
      return HttpResponse.json(
        comment("cmt_1", { author: "me", ...body, version: 2, earlier, edited_at: "2026-01-06T09:00:00Z" }),
      );
    }),
  );
  const { user, section } = await open();
  await user.click(await within(section).findByRole("button", { name: "Comment actions" }));
  await user.click(await screen.findByRole("menuitem", { name: "Edit" }));
  const box = await within(section).findByLabelText("Edit the comment");
  expect(box).toHaveValue("Ask @Alex Okafor");
  await user.type(box, " first");
  await user.click(within(section).getByRole("button", { name: "Save" }));
  await user.click(await within(section).findByRole("button", { name: "edited" }));
  const dialog = await screen.findByRole("dialog", { name: "Edit history" });
  expect(within(dialog).getAllByRole("listitem")).toHaveLength(2);
  expect(sent).toEqual([{ body: "Ask @[Alex Okafor](usr_alex) first" }]);
});

it("asks before removing a comment and leaves a placeholder when it has replies", async () => {
  comments = [
    comment("cmt_1", { author: "me", reply_count: 1 }),
    comment("cmt_2", { reply_to: "cmt_1", body: "An answer" }),
  ];
  server.use(http.delete("*/api/tasks/AB-1/comments/cmt_1", () => new HttpResponse(null, { status: 204 })));
  const { user, section } = await open();
  const own = await within(section).findByRole("article", { name: "Comment by Mara Lindqvist" });
  await user.click(within(own).getByRole("button", { name: "Comment actions" }));
  await user.click(await screen.findByRole("menuitem", { name: "Remove" }));
  await user.click(await screen.findByRole("button", { name: "Remove comment" }));
  expect(await within(section).findByText("This comment was removed.")).toBeInTheDocument();
  expect(within(section).getByText("An answer")).toBeInTheDocument();
});
