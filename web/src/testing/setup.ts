import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { clearToasts } from "@/components/ui/toast-store";
import { queryClient } from "@/lib/query-client";
import { server } from "./server";

// What jsdom lacks and the page needs. Columns measure themselves; without a height they would draw no card.
Object.defineProperties(HTMLElement.prototype, {
  offsetHeight: { configurable: true, get: () => 800 },
  offsetWidth: { configurable: true, get: () => 288 },
});
Element.prototype.scrollIntoView = () => undefined;
Element.prototype.scrollTo = () => undefined;
Element.prototype.hasPointerCapture = () => false;
Element.prototype.animate = () => ({ onfinish: null, oncancel: null }) as unknown as Animation;
globalThis.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
window.matchMedia = (query) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }) as unknown as MediaQueryList;
globalThis.CSS ??= {} as typeof CSS;
CSS.escape ??= (text: string) => text;
if (!("DOMRect" in globalThis)) {
  vi.stubGlobal(
    "DOMRect",
    class {
      left = 0;
      top = 0;
      width = 0;
      height = 0;
    },
  );
}

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => {
  cleanup();
  server.resetHandlers();
  queryClient.clear();
  clearToasts();
});
afterAll(() => server.close());
