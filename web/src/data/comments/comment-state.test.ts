import { describe, expect, it } from "vitest";
import { comment, event } from "@/testing/samples";
import { applyCommentEvent, putComment, removeComment, threads, withReaction } from "./comment-state";

const told = (id: string, more: object = {}) => ({ comment: { ...comment(id), whole: true, ...more } });

describe("threads", () => {
  it("puts replies under the comment that they answer", () => {
    const found = threads([
      comment("a"),
      comment("b", { reply_to: "a" }),
      comment("c"),
      comment("d", { reply_to: "a" }),
    ]);
    expect(found.map(({ first, replies }) => [first.id, replies.map(({ id }) => id)])).toEqual([
      ["a", ["b", "d"]],
      ["c", []],
    ]);
  });

  it("keeps a removed comment only if it has replies", () => {
    const removed = comment("a", { body: null });
    expect(threads([removed])).toEqual([]);
    expect(threads([removed, comment("b", { reply_to: "a" })])).toHaveLength(1);
  });
});

it("keeps comments in the order of their ids, and the newest version of each", () => {
  const known = [comment("a"), comment("c", { version: 3 })];
  expect(putComment(known, comment("b")).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  expect(putComment(known, comment("c", { version: 2, body: "old" }))).toEqual(known);
  expect(putComment(known, comment("c", { version: 4, body: "new" }))[1]?.body).toBe("new");
});

it("keeps a placeholder for a removed comment with replies", () => {
  const left = removeComment([comment("a"), comment("b", { reply_to: "a" })], "a");
  expect(left.map(({ body }) => body)).toEqual([null, "Body of b"]);
  expect(removeComment(left, "b").map(({ id }) => id)).toEqual(["a"]);
});

it("counts a person once per emoji and drops unused emoji", () => {
  const one = withReaction([], "👍", "me", true);
  expect(withReaction(one, "👍", "me", true)).toEqual([{ emoji: "👍", people: ["me"] }]);
  expect(withReaction(one, "👍", "alex", true)).toEqual([{ emoji: "👍", people: ["me", "alex"] }]);
  expect(withReaction(one, "👍", "me", false)).toEqual([]);
  expect(withReaction(one, "🎉", "me", false)).toEqual(one);
});

describe("events", () => {
  const known = [comment("a"), comment("b", { reply_to: "a" })];
  const happens = (type: string, data: object) =>
    applyCommentEvent(known, event("e1", type, { task: "AB-1", data }));

  it("adds a comment once", () => {
    expect(happens("comment.added", told("c"))).toHaveLength(3);
    expect(happens("comment.added", told("a", { body: "late news" }))).toEqual(known);
  });

  it("keeps earlier versions of an edited comment", () => {
    const edited = happens("comment.updated", told("a", { body: "New", version: 2 }));
    expect(edited?.[0]).toMatchObject({ body: "New", earlier: [{ body: "Body of a" }] });
    expect(happens("comment.updated", told("a", { body: "Old", version: 1 }))).toEqual(known);
  });

  it("requires a reload after a missed edit, a long text or an unknown comment", () => {
    expect(happens("comment.updated", told("a", { version: 3 }))).toBeNull();
    expect(happens("comment.added", told("c", { whole: false }))).toBeNull();
    expect(happens("comment.updated", told("z", { version: 2 }))).toBeNull();
    expect(happens("reaction.added", { ...told("z"), emoji: "👍" })).toBeNull();
    expect(happens("comment.added", {})).toBeNull();
  });

  it("removes a comment, and draws reactions by their actor", () => {
    expect(happens("comment.removed", told("b"))?.map(({ id }) => id)).toEqual(["a"]);
    expect(happens("reaction.added", { ...told("b"), emoji: "👍" })?.[1]?.reactions).toEqual([
      { emoji: "👍", people: ["alex"] },
    ]);
  });
});
