import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { tasksInWords } from "../bulk";
import { showRefused, useBulk } from "../bulk-store";

/** Which of many tasks were not changed, and why. */
export function BulkRefused() {
  const { refused } = useBulk();
  const close = () => showRefused([]);
  return (
    <Dialog
      open={refused.length > 0}
      onOpenChange={close}
      title={`${tasksInWords(refused.length)} ${refused.length === 1 ? "was" : "were"} not changed`}
      description="The other tasks were changed."
      wide
    >
      <ul className="divide-line divide-y">
        {refused.map(({ task, title, why }) => (
          <li key={task} className="flex flex-col gap-0.5 py-2">
            <span className="flex min-w-0 gap-2">
              <span className="text-faint shrink-0 tabular-nums">{task}</span>
              <span className="min-w-0 truncate font-medium">{title}</span>
            </span>
            <span className="text-quiet">{why}</span>
          </li>
        ))}
      </ul>
      <DialogActions>
        <Button look="primary" onClick={close}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
