import type { FieldKind } from "@/lib/api/types";
import { shortDay } from "@/lib/dates";

/** The value of one of a project's own fields in words; nothing for no value. */
export function fieldWords(
  kind: FieldKind,
  value: unknown,
  person: (id: string) => string | undefined,
): string {
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  if (!text) return "";
  if (kind === "person") return person(text) ?? "a former member";
  return kind === "date" ? shortDay(text) : text;
}
