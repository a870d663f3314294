import { afterEach, describe, expect, it, vi } from "vitest";
import { createKeyHandler, type KeyBinding } from "./keys";

afterEach(() => {
  document.body.innerHTML = "";
});

function setup(bindings: KeyBinding[], now = () => 0) {
  const handle = createKeyHandler(() => bindings, now);
  return (key: string, on: Element = document.body, more: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
    on.addEventListener("keydown", (heard) => handle(heard as KeyboardEvent), { once: true });
    on.dispatchEvent(event);
    return event;
  };
}

function add(html: string): Element {
  document.body.innerHTML = html;
  return document.body.querySelector("[data-target]")!;
}

describe("keys", () => {
  it("run only their own binding", () => {
    const run = vi.fn();
    const press = setup([{ keys: "m", run }]);
    expect(press("m").defaultPrevented).toBe(true);
    expect(press("x").defaultPrevented).toBe(false);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("are ignored in text fields", () => {
    const run = vi.fn();
    const press = setup([{ keys: "m", run }]);
    for (const html of [
      "<input data-target>",
      "<textarea data-target></textarea>",
      "<select data-target></select>",
    ]) {
      press("m", add(html));
    }
    expect(run).not.toHaveBeenCalled();
    press("m", add('<input type="checkbox" data-target>'));
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("work in text fields when whileTyping is set", () => {
    const run = vi.fn();
    const press = setup([{ keys: "mod+k", whileTyping: true, run }]);
    press("k", add("<input data-target>"), { ctrlKey: true });
    press("k", add("<input data-target>"), { metaKey: true });
    press("k", add("<input data-target>"));
    expect(run).toHaveBeenCalledTimes(2);
  });

  it("are ignored inside an open dialog or menu", () => {
    const run = vi.fn();
    const press = setup([{ keys: "m", run }]);
    press("m", add('<div role="dialog"><button data-target></button></div>'));
    press("m", add('<div role="menu"><div data-target></div></div>'));
    expect(run).not.toHaveBeenCalled();
  });

  it("leave Space and Enter to buttons, but not to cards", () => {
    const run = vi.fn();
    const press = setup([{ keys: " ", run }]);
    press(" ", add("<button data-target></button>"));
    expect(run).not.toHaveBeenCalled();
    press(" ", add('<a href="/x" data-card="AB-1" data-target></a>'));
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("work as a sequence within the time limit", () => {
    let now = 0;
    const run = vi.fn();
    const single = vi.fn();
    const press = setup(
      [
        { keys: "g b", run },
        { keys: "b", run: single },
      ],
      () => now,
    );
    press("g");
    press("b");
    expect(run).toHaveBeenCalledTimes(1);
    expect(single).not.toHaveBeenCalled();
    press("g");
    now += 5_000;
    press("b");
    expect(run).toHaveBeenCalledTimes(1);
    expect(single).toHaveBeenCalledTimes(1);
  });

  it("ignore browser shortcuts", () => {
    const run = vi.fn();
    const press = setup([{ keys: "l", run }]);
    press("l", document.body, { ctrlKey: true });
    press("l", document.body, { altKey: true });
    expect(run).not.toHaveBeenCalled();
  });

  it("ignore events that were already handled", () => {
    const run = vi.fn();
    const handle = createKeyHandler(() => [{ keys: "Escape", run }]);
    const event = new KeyboardEvent("keydown", { key: "Escape", cancelable: true });
    event.preventDefault();
    handle(event);
    expect(run).not.toHaveBeenCalled();
  });
});
