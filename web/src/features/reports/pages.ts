/** Loads `ReportsPage` in a chunk of its own. */
export const reportsPage = async () => ({
  Component: (await import("./components/reports-page")).ReportsPage,
});
