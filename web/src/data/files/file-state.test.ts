import { describe, expect, it } from "vitest";
import { attachment, event } from "@/testing/samples";
import { applyFileEvent, isBeingScanned, putFile } from "./file-state";

const at = (created_at: string) => ({ created_at, scanned: false });

it("waits for a thumbnail for a minute", () => {
  const now = new Date("2026-01-05T09:00:30Z").getTime();
  expect(isBeingScanned(attachment("a", at("2026-01-05T09:00:00Z")), now)).toBe(true);
  expect(isBeingScanned(attachment("a", at("2026-01-05T08:59:00Z")), now)).toBe(false);
  expect(isBeingScanned(attachment("a", { scanned: true }), now)).toBe(false);
});

it("keeps files sorted by id and keeps known thumbnails", () => {
  const thumbnail = { url: "/t", width: 1, height: 1 };
  const known = [attachment("a", { thumbnail, scanned: true }), attachment("c")];
  expect(putFile(known, attachment("b")).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  expect(putFile(known, attachment("a", { scanned: false }))[0]).toMatchObject({ thumbnail, scanned: true });
});

describe("events", () => {
  const known = [attachment("a")];
  const happens = (type: string, data: object) =>
    applyFileEvent(known, event("e1", type, { task: "AB-1", data }));

  it("add a file once and remove it", () => {
    expect(happens("attachment.added", { attachment: attachment("b") })).toHaveLength(2);
    expect(happens("attachment.added", { attachment: attachment("a") })).toHaveLength(1);
    expect(happens("attachment.removed", { attachment: attachment("a") })).toEqual([]);
  });

  it("without file data require a reload", () => {
    expect(happens("attachment.added", {})).toBeNull();
  });
});
