import { expect, test } from "vitest";
import { bytesInWords } from "./bytes";

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [1023, "1,023 bytes"],
  [1024, "1 KB"],
  [2_516_582, "2.4 MB"],
  [1024 ** 2 - 1, "1 MB"],
  [5 * 1024 ** 5, "5,120 TB"],
])("%d is %s", (bytes, words) => {
  expect(bytesInWords(bytes)).toBe(words);
});
