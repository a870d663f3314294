// What the rest of the client may use of this area; its pages are in `pages.ts`.
export { Bell } from "./components/bell";
export { useNotifications } from "./use-notifications";
