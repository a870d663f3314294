// What the rest of the client may use of this area; its pages are in `pages.ts`.
export { BulkBar, type BulkKind } from "./components/bulk-bar";
export { CardMenu, type OpenCardMenu } from "./components/card-menu";
export { ConflictDialog } from "./components/conflict-dialog";
