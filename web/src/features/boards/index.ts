// What the rest of the client may use of this area; its pages are in `pages.ts`.
export { BoardDialog } from "./components/board-dialog";
export { setQuickAdd } from "./quick-add-store";
