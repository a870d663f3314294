import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { CustomField } from "@/lib/api/types";
import { someone } from "@/testing/answers";
import { renderApp } from "@/testing/render-app";
import { card, snapshot } from "@/testing/samples";
import { server } from "@/testing/server";

const field = (id: string, name: string, kind: CustomField["kind"]): CustomField => ({
  id,
  name,
  kind,
  required: false,
  on_card: true,
});

it("shows the values of the fields that are for cards, by their names", async () => {
  const custom = { fld_1: "Northwind", fld_2: "alex", fld_3: 2.5, fld_9: "of a field that is for no card" };
  const fields = [
    field("fld_1", "Customer", "text"),
    field("fld_2", "Tester", "person"),
    field("fld_3", "Budget", "number"),
    field("fld_4", "Due at", "date"),
  ];
  server.use(...someone(snapshot([card("AB-1", { title: "With values", custom })], { fields })));
  renderApp("/p/AB/b/board");
  const shown = await screen.findByRole("link", { name: /With values/ });
  expect(shown).toHaveTextContent("Customer: Northwind");
  expect(shown).toHaveTextContent("Tester: Alex Okafor");
  expect(shown).toHaveTextContent("Budget: 2.5");
  expect(shown).not.toHaveTextContent(/Due at|for no card/);
});
