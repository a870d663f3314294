// What the rest of the client may use of this area; its pages are in `pages.ts`.
export { ExportLink } from "./components/export-link";
