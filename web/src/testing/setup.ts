import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { clearToasts } from "@/components/ui/toast-store";
import { queryClient } from "@/lib/query-client";
import { server } from "./server";

// Pages come in chunks of their own, which a busy machine takes a while to read.
configure({ asyncUtilTimeout: 4_000 });

// What jsdom lacks and the page needs. Columns measure themselves; without a height they would draw no card.
Object.defineProperties(HTMLElement.prototype, {
  clientHeight: { configurable: true, get: () => 800 },
  clientWidth: { configurable: true, get: () => 288 },
  offsetHeight: { configurable: true, get: () => 100 },
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
Blob.prototype.text = function (this: Blob) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsText(this);
  });
};
Blob.prototype.arrayBuffer = function (this: Blob) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.readAsArrayBuffer(this);
  });
};
globalThis.CSS ??= {} as typeof CSS;
CSS.escape ??= (text: string) => text;
beforeAll(() => {
  server.listen({ onUnhandledRequest: "error" });
});
// A page with a board opens a socket; what it does there has tests of its own. After the server listens, since that
// puts a socket of its own in place.
beforeEach(() => {
  vi.stubGlobal(
    "WebSocket",
    class {
      static OPEN = 1;
      close() {}
      send() {}
    },
  );
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  queryClient.clear();
  clearToasts();
});
afterAll(() => server.close());
