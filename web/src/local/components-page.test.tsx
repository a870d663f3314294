import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { queryClient } from "@/lib/query-client";
import { ComponentsPage } from "./components-page";

const here = `${process.cwd()}/src/local`;
const ui = `${process.cwd()}/src/components/ui`;

it("shows every component that there is", () => {
  const sources = readdirSync(here)
    .filter((file) => file.endsWith(".tsx") && !file.endsWith(".test.tsx"))
    .map((file) => readFileSync(`${here}/${file}`, "utf8"))
    .join("\n");
  const modules = readdirSync(ui).filter((file) => file.endsWith(".tsx") && !file.endsWith(".test.tsx"));
  expect(modules).toContain("button.tsx");
  const named = modules.flatMap((file) =>
    [...readFileSync(`${ui}/${file}`, "utf8").matchAll(/^export (?:default )?function ([A-Z]\w+)/gm)].map(
      ([, name]) => name,
    ),
  );
  expect(named).toContain("ChartFrame");
  for (const name of named) expect(sources, `${name} is not shown`).toMatch(new RegExp(`<${name}\\b`));
});

it("shows them in both schemes, and opens what floats", async () => {
  render(
    <QueryClientProvider client={queryClient}>
      <ComponentsPage />
    </QueryClientProvider>,
  );
  expect(screen.getAllByRole("heading", { name: "Button, busy" })).toHaveLength(2);
  await userEvent.click(screen.getByRole("button", { name: "Open a dialog" }));
  expect(screen.getByRole("dialog", { name: "Create a board" })).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await userEvent.click(screen.getByRole("button", { name: "Open the menu" }));
  expect(screen.getByRole("menuitem", { name: "Delete" })).toBeVisible();
});
