import { describe, expect, it } from "vitest";
import { explain, fieldErrors, formError, problemFrom, UnreachableError } from "./problem";

const refused = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  problemFrom(body, new Response(null, { status, headers }));

describe("explain", () => {
  it("shows the server’s detail as a sentence", () => {
    expect(explain(refused(422, { title: "Invalid", detail: "the column is full" }))).toBe(
      "The column is full.",
    );
  });

  it("names the fields that were refused", () => {
    const error = refused(422, {
      title: "Invalid",
      detail: "some fields are wrong",
      errors: [{ field: "columns[2].wip_limit", message: "must be at least 1" }],
    });
    expect(explain(error)).toBe("Limit must be at least 1.");
  });

  it("says how long to wait", () => {
    expect(explain(refused(429, { title: "Slow down" }, { "Retry-After": "1" }))).toBe(
      "Too many attempts. Wait 1 second and try again.",
    );
    expect(explain(refused(429, {}))).toMatch(/Wait a moment/);
  });

  it("hides the body of proxy and server errors", () => {
    expect(explain(refused(502, "<html>Bad gateway</html>"))).toMatch(/failed on the server/);
    expect(explain(refused(403, null))).toMatch(/do not have permission/);
  });

  it("distinguishes offline from refused", () => {
    expect(explain(new UnreachableError())).toMatch(/offline/);
  });

  it("explains an unexpected client error", () => {
    expect(explain(new TypeError("x is undefined"))).toMatch(/Reload/);
  });
});

describe("errors of a form", () => {
  const error = refused(422, {
    title: "Invalid",
    detail: "some fields are wrong",
    errors: [
      { field: "email", message: "is taken" },
      { field: "email", message: "is odd" },
      { field: "workspace.slug", message: "is taken" },
    ],
  });

  it("are shown at their field, the first of each", () => {
    expect(fieldErrors(error)).toEqual({ email: "Is taken.", "workspace.slug": "Is taken." });
  });

  it("are shown above the form only when no field shows them", () => {
    expect(formError(error, ["email", "workspace.slug"])).toBeNull();
    expect(formError(error, ["email"])).toBe("Short name is taken.");
    expect(formError(refused(401, { detail: "email or password is wrong" }), ["email"])).toBe(
      "Email or password is wrong.",
    );
    expect(formError(null, [])).toBeNull();
  });

  it("ignore malformed entries", () => {
    const odd = refused(422, {
      detail: "no",
      errors: [{ field: 1 }, null, { field: "name", message: "is empty" }],
    });
    expect(fieldErrors(odd)).toEqual({ name: "Is empty." });
  });
});
