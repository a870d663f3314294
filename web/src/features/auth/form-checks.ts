import { explain, ProblemError } from "@/lib/api/problem";

/** Refuses empty fields all at once; the server stops at the first that it cannot read. */
export function requireFilled(fields: Record<string, string>): void {
  const errors = Object.entries(fields)
    .filter(([, value]) => !value.trim())
    .map(([field]) => ({ field, message: "must not be empty" }));
  if (errors.length)
    throw new ProblemError({ title: "", status: 422, detail: "some fields are empty", errors });
}

/** Says why a mailed link did not work: whatever is wrong with its token, a new link is what helps. */
export function explainLink(error: unknown, again: string): string {
  const spent =
    error instanceof ProblemError &&
    ([401, 404, 410].includes(error.status) || error.problem.errors?.some(({ field }) => field === "token"));
  return spent ? `This link was already used or has expired. ${again}` : explain(error);
}
