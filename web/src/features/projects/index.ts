// What the rest of the client may use of this area; its pages are in `pages.ts`.
export { CreateProjectDialog } from "./components/create-project-dialog";
