import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { Dialog } from "./dialog";
import { Menu, MenuItem } from "./menu";

function Page() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button onClick={() => setOpen(true)}>Rename</button>
      <Menu trigger={<button>More</button>}>
        <MenuItem onSelect={() => setOpen(true)}>Rename it</MenuItem>
      </Menu>
      <Dialog open={open} onOpenChange={setOpen} title="Rename">
        <input aria-label="Name" autoFocus />
      </Dialog>
    </>
  );
}

it("returns the focus to the button that opened it", async () => {
  render(<Page />);
  await userEvent.click(screen.getByRole("button", { name: "Rename" }));
  expect(screen.getByLabelText("Name")).toHaveFocus();
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.getByRole("button", { name: "Rename" })).toHaveFocus());
});

it("returns the focus to the menu button that opened it", async () => {
  render(<Page />);
  await userEvent.click(screen.getByRole("button", { name: "More" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Rename it" }));
  await waitFor(() => expect(screen.getByRole("dialog", { name: "Rename" })).toBeVisible());
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.getByRole("button", { name: "More" })).toHaveFocus());
});
