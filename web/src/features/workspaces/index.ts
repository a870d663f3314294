// What the rest of the client may use of this area; its pages are in `pages.ts`.
export { CalendarSettings } from "./components/calendar-settings";
export { WorkspaceForm } from "./components/workspace-form";
