// What the rest of the client may use of this area; its pages are in `pages.ts`.
export { CloseDialog } from "./components/close-dialog";
export { LoadBar } from "./components/load-bar";
export { SprintDialog } from "./components/sprint-dialog";
export { SprintName, SprintPicker } from "./components/sprint-picker";
export { SprintStateTag } from "./components/sprint-state";
