import { expect, it } from "vitest";
import { fileSize } from "./file-size";

it("formats sizes with a unit", () => {
  expect([0, 1, 1023, 1024, 1536, 10_240, 104_857_600].map(fileSize)).toEqual([
    "0 bytes",
    "1 byte",
    "1,023 bytes",
    "1 KB",
    "1.5 KB",
    "10 KB",
    "100 MB",
  ]);
});
