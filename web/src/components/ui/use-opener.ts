import { useState } from "react";

/** What has the focus; where that is a line of a menu, which goes away, the button of the menu. */
function focused(): HTMLElement | null {
  const element = document.activeElement;
  const menu = element?.closest('[role="menu"]')?.getAttribute("aria-labelledby");
  const opener = menu ? document.getElementById(menu) : element;
  return opener instanceof HTMLElement ? opener : null;
}

/** Gives the focus back, as a dialog closes, to what had it when the dialog opened. */
export function useOpener(open: boolean): (event: Event) => void {
  const [wasOpen, setWasOpen] = useState(false);
  const [opener, setOpener] = useState<HTMLElement | null>(null);
  if (open !== wasOpen) {
    // Looked up before the dialog is on the page: a field in it may take the focus as it appears.
    setWasOpen(open);
    if (open) setOpener(focused());
  }
  return (event) => {
    event.preventDefault();
    opener?.focus();
  };
}
