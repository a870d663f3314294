/** Loads `InsightPage` in a chunk of its own. */
export const insightPage = async () => ({
  Component: (await import("./components/insight-page")).InsightPage,
});
