import { Copy, MoreHorizontal, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { floatingClass, Menu, MenuItem, MenuLabel, MenuSeparator, SubMenu } from "@/components/ui/menu";
import { OptionList } from "@/components/ui/option-list";
import { problemToast, toast } from "@/components/ui/toast-store";
import { Specimen } from "./specimen";

const nothing = () => undefined;
const options = ["Mara Lindqvist", "Alex Okafor", "Sam Ito"].map((name, at) => ({
  id: name,
  name,
  chosen: at === 1,
}));

function Menus() {
  const [choosing, setChoosing] = useState(false);
  return (
    <>
      <Specimen name="Menu">
        <Menu
          trigger={
            <IconButton label="Open the menu">
              <MoreHorizontal size={16} aria-hidden />
            </IconButton>
          }
        >
          <MenuLabel>A group</MenuLabel>
          <MenuItem icon={<Copy size={14} aria-hidden />} keys="C" onSelect={nothing}>
            With an icon and a key
          </MenuItem>
          <MenuItem checked onSelect={nothing}>
            Chosen
          </MenuItem>
          <MenuItem disabled onSelect={nothing}>
            Disabled
          </MenuItem>
          <SubMenu label="More">
            <MenuItem onSelect={nothing}>Further in</MenuItem>
          </SubMenu>
          <MenuSeparator />
          <MenuItem danger icon={<Trash2 size={14} aria-hidden />} onSelect={nothing}>
            Delete
          </MenuItem>
        </Menu>
      </Specimen>
      <Specimen name="OptionList">
        <Button aria-expanded={choosing} onClick={() => setChoosing(!choosing)}>
          Choose a person
        </Button>
        {choosing && (
          <div className={floatingClass}>
            <OptionList
              label="People"
              placeholder="Find a person"
              options={options}
              empty="Nobody has this name."
              onChoose={() => setChoosing(false)}
            />
          </div>
        )}
      </Specimen>
    </>
  );
}

function Dialogs() {
  const [open, setOpen] = useState<"plain" | "wide" | "confirm" | "refused" | null>(null);
  const change = (stays: boolean) => {
    if (!stays) setOpen(null);
  };
  return (
    <Specimen name="Dialog and ConfirmDialog">
      <Button onClick={() => setOpen("plain")}>Open a dialog</Button>
      <Button onClick={() => setOpen("wide")}>Open a wide dialog</Button>
      <Button onClick={() => setOpen("confirm")}>Ask before deleting</Button>
      <Button onClick={() => setOpen("refused")}>Ask, and be refused</Button>
      <Dialog
        open={open === "plain" || open === "wide"}
        onOpenChange={change}
        title="Create a board"
        description="It gets the columns of the project."
        wide={open === "wide"}
      >
        <TextField label="Name" defaultValue="Roadmap" />
        <DialogActions>
          <Button onClick={() => setOpen(null)}>Cancel</Button>
          <Button look="primary" onClick={() => setOpen(null)}>
            Create
          </Button>
        </DialogActions>
      </Dialog>
      <ConfirmDialog
        open={open === "confirm" || open === "refused"}
        onOpenChange={change}
        title="Delete the board?"
        description="Its tasks are archived."
        confirm="Delete the board"
        problem={open === "refused" ? "Move its tasks to another board first." : null}
        onConfirm={() => setOpen(null)}
      />
    </Specimen>
  );
}

/** What opens over the page: menus, lists to choose from, dialogs and messages. */
export function FloatingSpecimens() {
  return (
    <div className="border-line flex flex-col gap-5 rounded-card border p-5">
      <Menus />
      <Dialogs />
      <Specimen name="Toaster">
        <Button onClick={() => toast("The board was created.")}>Tell</Button>
        <Button onClick={() => toast("WEB-1 was archived.", { action: { label: "Undo", run: nothing } })}>
          Offer to undo
        </Button>
        <Button onClick={() => toast("Card moved by Sam: WEB-2 to Done", { color: "var(--person-2)" })}>
          Tell of someone else
        </Button>
        <Button onClick={() => problemToast("The move was not saved. You are offline.")}>
          Tell of a problem
        </Button>
      </Specimen>
    </div>
  );
}
