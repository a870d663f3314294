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

it("keeps what was typed when the sign-in is refused, and says why", async () => {
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

it("asks for a code where the account has one", async () => {
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
  await user.type(await screen.findByLabelText("Code from your authenticator"), "123456");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/projects"));
  expect(sent).toEqual([undefined, "123456"]);
});

it("leads back to where someone wanted to go, after they have signed in", async () => {
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

it("shows each refused field of a sign-up at the field", async () => {
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

it("names every empty field of a sign-up at once", async () => {
  server.use(...nobody);
  renderApp("/sign-up");
  await userEvent.click(await screen.findByRole("button", { name: "Create account" }));
  for (const label of ["Your name", "Email", "Password", "Workspace"]) {
    await waitFor(() =>
      expect(screen.getByLabelText(label)).toHaveAccessibleDescription("Must not be empty."),
    );
  }
});

it("says what helps when a mailed link is spent", async () => {
  server.use(
    ...nobody,
    http.post("*/api/auth/email/verify", () =>
      refuse(422, "some fields are wrong", { errors: [{ field: "token", message: "is not good" }] }),
    ),
  );
  renderApp("/verify-email?token=old");
  expect(await screen.findByRole("alert")).toHaveTextContent(/This link has been used or is too old/);
});
