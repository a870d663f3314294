// What the rest of the client may use of this area.
export { CardEditors, editorBorder, FieldEditor } from "./components/editor-tag";
export { LivePill } from "./components/live-pill";
export { Pointers } from "./components/pointers";
export { PresentPeople } from "./components/present-people";
export { MOST_POINTING } from "./pointing";
export { usePointing } from "./use-pointing";
