/** A key, or two in sequence, and what it does. */
export interface KeyBinding {
  /** As in `g b`, `?`, `ArrowDown`, `mod+k`; `mod` is Command on a Mac and Control elsewhere. */
  keys: string;
  run: (event: KeyboardEvent) => void;
  /** Works while a text field has the focus too. */
  whileTyping?: boolean;
}

/** Whether the keyboard has a Command key, which `mod` then is. */
export const onMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How long the second key of a sequence may take. */
const SEQUENCE_MS = 1200;

/** Whether keys go into a text field, a list that is searched by typing, or the like. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) {
    return !["checkbox", "radio", "button", "submit", "range", "color"].includes(target.type);
  }
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Whether the key belongs to something that lies over the page, such as a menu or a dialog. */
function isInOverlay(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('[role="dialog"],[role="alertdialog"],[role="menu"],[role="listbox"]') !== null &&
    target.closest("[data-keys-pass]") === null
  );
}

/** Space and Enter press the button that has the focus; a binding must not take that away. */
function pressesControl(event: KeyboardEvent): boolean {
  if (event.key !== " " && event.key !== "Enter") return false;
  const target = event.target;
  return (
    target instanceof Element &&
    target.closest("button,a[href],summary,[role='button'],[role='switch'],[role='tab']") !== null &&
    target.closest("[data-card]") !== target
  );
}

function describe(event: KeyboardEvent): string {
  const modifier = event.metaKey || event.ctrlKey ? "mod+" : "";
  return modifier + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
}

/** Turns key presses into the runs of bindings, sequences included. */
export function createKeyHandler(
  bindings: () => readonly KeyBinding[],
  now: () => number = () => performance.now(),
) {
  let first: { key: string; at: number } | null = null;

  return function handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    if (["Shift", "Control", "Meta", "Alt"].includes(event.key)) return;
    const typing = isTyping(event.target);
    const overlay = isInOverlay(event.target);
    const pressed = describe(event);
    const started = first !== null && now() - first.at <= SEQUENCE_MS ? first.key : null;
    first = null;

    const usable = bindings().filter((binding) => binding.whileTyping || (!typing && !overlay));
    const sequence = started ? usable.find((binding) => binding.keys === `${started} ${pressed}`) : undefined;
    const found = sequence ?? usable.find((binding) => binding.keys === pressed);
    if (found) {
      if (!found.whileTyping && pressesControl(event)) return;
      event.preventDefault();
      found.run(event);
      return;
    }
    if (usable.some((binding) => binding.keys.startsWith(`${pressed} `))) first = { key: pressed, at: now() };
  };
}
