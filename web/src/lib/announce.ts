let region: HTMLElement | null = null;

/** Has a screen reader say something, politely. */
export function announce(text: string): void {
  if (!region?.isConnected) {
    region = document.createElement("div");
    region.setAttribute("aria-live", "polite");
    region.setAttribute("role", "status");
    region.dataset.announcer = "";
    region.className = "sr-only";
    document.body.append(region);
  }
  // The same words twice would not be heard twice without a change in between.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}
