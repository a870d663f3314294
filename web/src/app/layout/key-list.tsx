import { Dialog } from "@/components/ui/dialog";
import { onMac } from "@/lib/keys";

const groups: { title: string; keys: [string[], string][] }[] = [
  {
    title: "Anywhere",
    keys: [
      [["Ctrl", "K"], "Search and run actions"],
      [["?"], "Show this list"],
      [["G", "B"], "Go to the board"],
      [["G", "L"], "Go to the backlog"],
      [["G", "P"], "Go to the projects"],
      [["G", "I"], "Go to the inbox"],
      [["G", "D"], "Go to the dashboard"],
      [["G", "T"], "Go to the timesheet"],
      [["Ctrl", "Z"], "Undo the last step"],
      [["Ctrl", "\\"], "Show or hide the sidebar"],
      [["Esc"], "Close"],
    ],
  },
  {
    title: "On a board",
    keys: [
      [["C"], "New task, also T"],
      [["/"], "Filter"],
      [["H"], "Show or hide activity"],
      [["J"], "Next card, also the down arrow"],
      [["K"], "Previous card, also the up arrow"],
      [["←", "→"], "Card in the next column"],
      [["Enter"], "Open the card"],
      [["X"], "Select the card"],
      [["Shift", "click"], "Select all cards up to this one"],
    ],
  },
  {
    title: "The card under the pointer or in focus",
    keys: [
      [["E"], "Edit the title"],
      [["M"], "Move to a column and place"],
      [["[", "]"], "Move one column left or right"],
      [["A"], "Assign"],
      [["Space"], "Assign or unassign yourself"],
      [["L"], "Label"],
      [["P"], "Priority"],
      [["D"], "Due date"],
      [["S"], "Start or stop the timer"],
    ],
  },
  {
    title: "In the backlog",
    keys: [
      [["X"], "Select the task, also Space"],
      [["S"], "Move the selection to a sprint"],
      [["[", "]"], "Move it to the section above or below"],
    ],
  },
];

/** All the keys, by where they work. */
export function KeyList({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" wide>
      <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
        {groups.map(({ title, keys }) => (
          <section key={title}>
            <h3 className="text-faint text-meta mb-2 font-medium">{title}</h3>
            <dl className="flex flex-col gap-1.5">
              {keys.map(([pressed, does]) => (
                <div key={does} className="flex items-center justify-between gap-4">
                  <dt className="order-2 flex shrink-0 gap-1">
                    {pressed.map((key) => (
                      <kbd
                        key={key}
                        className="border-line bg-column text-quiet text-meta min-w-5.5 rounded-[5px] border px-1.5 py-px text-center font-sans"
                      >
                        {key === "Ctrl" && onMac ? "⌘" : key}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
