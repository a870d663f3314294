import { useEffect, useRef } from "react";
import { createKeyHandler, type KeyBinding } from "./keys";

/** Answers to keys for as long as the component is on the page. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const current = useRef(bindings);
  useEffect(() => {
    current.current = bindings;
  });
  useEffect(() => {
    const handle = createKeyHandler(() => current.current);
    document.addEventListener("keydown", handle);
    return () => document.removeEventListener("keydown", handle);
  }, []);
}
