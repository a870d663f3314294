// What the rest of the client may use of this area; its pages are in `pages.ts`.
export { toggleTimer } from "./api/timer";
export { RunningTimer } from "./components/running-timer";
export { TimeSection } from "./components/time-section";
