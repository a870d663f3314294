/** Loads `TimesheetPage` in a chunk of its own. */
export const timesheetPage = async () => ({
  Component: (await import("./components/timesheet-page")).TimesheetPage,
});
