/** Loads `DashboardPage` in a chunk of its own. */
export const dashboardPage = async () => ({
  Component: (await import("./components/dashboard-page")).DashboardPage,
});

/** Loads `ProjectAnalyticsPage` in a chunk of its own. */
export const projectAnalyticsPage = async () => ({
  Component: (await import("./components/project-analytics-page")).ProjectAnalyticsPage,
});
