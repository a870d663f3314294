import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, it } from "vitest";
import { nobody, refuse, signedIn, someone } from "@/testing/answers";
import { renderApp } from "@/testing/render-app";
import { snapshot } from "@/testing/samples";
import { server } from "@/testing/server";

async function fill(fields: Record<string, string>) {
  const user = userEvent.setup();
  for (const [label, text] of Object.entries(fields))
    await user.type(await screen.findByLabelText(label), text);
  return user;
}

it("keeps the form and shows the reason when sign-in is refused", async () => {
  server.use(
    http.post("*/api/auth/login", () => refuse(401, "email or password is wrong")),
    ...nobody,
  );
  renderApp("/sign-in");
  const user = await fill({ Email: "mara@example.com", Password: "not this one" });
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Email or password is wrong.");
  expect(screen.getByLabelText("Email")).toHaveValue("mara@example.com");
  expect(screen.getByLabelText("Password")).toHaveValue("not this one");
});

it("asks for an authenticator code when the account requires one", async () => {
  const sent: unknown[] = [];
  server.use(
    ...nobody,
    http.post("*/api/auth/login", async ({ request }) => {
      const body = (await request.json()) as { totp?: string };
      sent.push(body.totp);
      if (body.totp === "123456") return HttpResponse.json(signedIn);
      return refuse(422, "a code is needed", { errors: [{ field: "totp", message: "is needed" }] });
    }),
    ...someone(snapshot([])),
  );
  const router = renderApp("/sign-in");
  const user = await fill({ Email: "mara@example.com", Password: "right one" });
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  await user.type(await screen.findByLabelText("Authenticator code"), "123456");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/projects"));
  expect(sent).toEqual([undefined, "123456"]);
});

it("returns to the requested page after sign-in", async () => {
  server.use(
    ...nobody,
    http.post("*/api/auth/login", () => HttpResponse.json(signedIn)),
    ...someone(snapshot([])),
  );
  const router = renderApp("/p/AB/b/board");
  const user = await fill({ Email: "mara@example.com", Password: "right one" });
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/p/AB/b/board"));
});

it("shows each sign-up error at its field", async () => {
  server.use(
    ...nobody,
    http.post("*/api/auth/register", () =>
      refuse(422, "some fields are wrong", {
        errors: [
          { field: "password", message: "must have at least 8 characters" },
          { field: "workspace.slug", message: "is taken" },
        ],
      }),
    ),
  );
  renderApp("/sign-up");
  const user = await fill({
    "Your name": "Mara",
    Email: "mara@example.com",
    Password: "short",
    Workspace: "Acme",
  });
  await user.click(screen.getByRole("button", { name: "Create account" }));
  await waitFor(() => expect(screen.getByLabelText("Password")).toBeInvalid());
  expect(screen.getByLabelText("Password")).toHaveAccessibleDescription("Must have at least 8 characters.");
  expect(screen.getByLabelText("Workspace")).toHaveAccessibleDescription("Is taken.");
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  expect(screen.getByLabelText("Your name")).toHaveValue("Mara");
});

it("marks all empty sign-up fields at once", async () => {
  server.use(...nobody);
  renderApp("/sign-up");
  await userEvent.click(await screen.findByRole("button", { name: "Create account" }));
  for (const label of ["Your name", "Email", "Password", "Workspace"]) {
    await waitFor(() =>
      expect(screen.getByLabelText(label)).toHaveAccessibleDescription("Must not be empty."),
    );
  }
});

it("offers a new link when an emailed link has expired", async () => {
  server.use(
    ...nobody,
    http.post("*/api/auth/email/verify", () =>
      refuse(422, "some fields are wrong", { errors: [{ field: "token", message: "is not good" }] }),
    ),
  );
  renderApp("/verify-email?token=old");
  expect(await screen.findByRole("alert")).toHaveTextContent(/This link was already used or has expired/);
});
