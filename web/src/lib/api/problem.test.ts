import { describe, expect, it } from "vitest";
import { explain, fieldErrors, formError, problemFrom, UnreachableError } from "./problem";

const refused = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  problemFrom(body, new Response(null, { status, headers }));

describe("explain", () => {
  it("says what the server said, as a sentence", () => {
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
    expect(explain(error)).toBe("Wip limit: must be at least 1.");
  });

  it("says how long to wait", () => {
    expect(explain(refused(429, { title: "Slow down" }, { "Retry-After": "1" }))).toBe(
      "Too many tries. Wait 1 second and try again.",
    );
    expect(explain(refused(429, {}))).toMatch(/Wait a moment/);
  });

  it("does not repeat what a proxy or a broken server wrote", () => {
    expect(explain(refused(502, "<html>Bad gateway</html>"))).toMatch(/failed on the server/);
    expect(explain(refused(403, null))).toMatch(/may not do this/);
  });

  it("tells being offline from being refused", () => {
    expect(explain(new UnreachableError())).toMatch(/offline/);
  });

  it("has words for a mistake of the page itself", () => {
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

  it("stand at their fields, the first of each", () => {
    expect(fieldErrors(error)).toEqual({ email: "Is taken.", "workspace.slug": "Is taken." });
  });

  it("stand above the form only where no field shows them", () => {
    expect(formError(error, ["email", "workspace.slug"])).toBeNull();
    expect(formError(error, ["email"])).toBe("Slug: is taken.");
    expect(formError(refused(401, { detail: "email or password is wrong" }), ["email"])).toBe(
      "Email or password is wrong.",
    );
    expect(formError(null, [])).toBeNull();
  });

  it("survive a body that is not of the expected form", () => {
    const odd = refused(422, {
      detail: "no",
      errors: [{ field: 1 }, null, { field: "name", message: "is empty" }],
    });
    expect(fieldErrors(odd)).toEqual({ name: "Is empty." });
  });
});
