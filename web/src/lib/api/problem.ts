/** One field that the server refused, and why. */
export interface FieldError {
  field: string;
  message: string;
}

/** An RFC 9457 problem, as the server answers it. */
export interface Problem {
  title: string;
  status: number;
  detail: string;
  errors?: FieldError[];
  current?: unknown;
}

/** A request that the server refused. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";

  constructor(
    readonly problem: Problem,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(problem.detail || problem.title);
  }

  /** The HTTP status of the refusal. */
  get status(): number {
    return this.problem.status;
  }
}

/** A request that never got an answer. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";

  constructor(cause?: unknown) {
    super("The server could not be reached.", { cause });
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** Reads the error of an answer, whatever wrote it: a proxy's page of HTML is a problem too. */
export function problemFrom(body: unknown, response: Response): ProblemError {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  const retryAfter = Number.isFinite(seconds) ? seconds : null;
  if (isObject(body) && (typeof body.detail === "string" || typeof body.title === "string")) {
    const errors = Array.isArray(body.errors)
      ? body.errors.filter(
          (error): error is FieldError =>
            isObject(error) && typeof error.field === "string" && typeof error.message === "string",
        )
      : undefined;
    const title = typeof body.title === "string" ? body.title : "";
    return new ProblemError(
      {
        title,
        status: response.status,
        detail: typeof body.detail === "string" ? body.detail : title,
        ...(errors ? { errors } : {}),
        current: body.current,
      },
      retryAfter,
    );
  }
  return new ProblemError(
    { title: response.statusText, status: response.status, detail: "", current: undefined },
    retryAfter,
  );
}

const byStatus: Record<number, string> = {
  401: "You are signed out. Sign in and try again.",
  403: "You do not have permission to do this. Ask a project admin.",
  404: "This is no longer here. Someone may have removed it.",
  409: "Someone changed this at the same moment. Review it and try again.",
  412: "Someone changed this before you saved.",
  413: "This is too large.",
  423: "Someone else is editing this. Try again when they are done.",
};

function sentence(text: string): string {
  const trimmed = text.trim();
  if (!trimmed) return "";
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.?!…]$/.test(capital) ? capital : `${capital}.`;
}

/** Says what went wrong and what to do about it, in a sentence for a person. */
export function explain(error: unknown): string {
  if (error instanceof UnreachableError) {
    return "You are offline or the server cannot be reached. Nothing was changed; try again in a moment.";
  }
  if (error instanceof ProblemError) {
    if (error.status === 429) {
      const wait = error.retryAfterSeconds;
      return wait
        ? `Too many attempts. Wait ${wait} ${wait === 1 ? "second" : "seconds"} and try again.`
        : "Too many attempts. Wait a moment and try again.";
    }
    if (error.status >= 500)
      return "Something failed on the server. Nothing was changed; try again in a moment.";
    const errors = error.problem.errors;
    if (errors?.length) {
      return errors.map(fieldSentence).join(" ");
    }
    return sentence(error.problem.detail) || byStatus[error.status] || "The server refused this. Try again.";
  }
  return "Something went wrong in this page. Reload it and try again.";
}

const fieldNames: Record<string, string> = {
  move_to: "new column",
  slug: "short name",
  to_column: "column",
  wip_limit: "limit",
};

/** What the page calls a field of the API: `columns[2].wip_limit` is "limit", `sprint_id` is "sprint". */
export function fieldName(field: string): string {
  if (field.startsWith("custom.")) return "custom field";
  const last = (field.split(".").at(-1) ?? field).replace(/\[\d+\]$/, "");
  return fieldNames[last] ?? last.replace(/_ids?$/, "").replaceAll("_", " ");
}

/** Joins a field and its reason; a reason that is a sentence of its own stands alone. */
function fieldSentence({ field, message }: FieldError): string {
  if (!field || /^[A-Z]/.test(message)) return sentence(message);
  const verb = /^(is|are|has|have|must|may|cannot|needs|takes|says)\b/.test(message);
  return sentence(`${fieldName(field)}${verb ? " " : ": "}${message}`);
}

/** The messages for the fields of a form, by field; a path such as `workspace.slug` is kept whole. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ProblemError)) return {};
  const found: Record<string, string> = {};
  for (const { field, message } of error.problem.errors ?? []) found[field] ??= sentence(message);
  return found;
}

/** What of an error belongs above a form: all of it, unless each part already stands at a field shown. */
export function formError(error: unknown, shownFields: readonly string[]): string | null {
  if (!error) return null;
  if (error instanceof ProblemError && error.problem.errors?.length) {
    const homeless = error.problem.errors.filter(({ field }) => !shownFields.includes(field));
    return homeless.length
      ? explain(new ProblemError({ ...error.problem, errors: homeless }, error.retryAfterSeconds))
      : null;
  }
  return explain(error);
}
