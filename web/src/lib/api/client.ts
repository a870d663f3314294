import createClient from "openapi-fetch";
import { access } from "./access";
import { problemFrom } from "./problem";
import type { paths } from "./schema";

/** The typed client of the server; it carries the access token and renews it. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  fetch: (request) => access.authorized(request),
});

/** Gives what a call answered, or throws why it was refused. */
export async function answer<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemFrom(error, response);
  return data as Data;
}

/** The header by which a repeated POST makes only one thing. */
export function once(): { "Idempotency-Key": string } {
  return { "Idempotency-Key": crypto.randomUUID() };
}

/** The header by which a write is refused when someone else wrote first. */
export function unchangedSince(version: number): { "If-Match": string } {
  return { "If-Match": `"${version}"` };
}

/** Reads every page of a list. */
export async function everyPage<Item>(
  page: (cursor: string | undefined) => Promise<{ items: Item[]; next?: string | null }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const answered = await page(cursor);
    items.push(...answered.items);
    cursor = answered.next ?? undefined;
  } while (cursor);
  return items;
}
