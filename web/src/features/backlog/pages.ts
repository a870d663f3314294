/** Loads `BacklogPage` in a chunk of its own. */
export const backlogPage = async () => ({
  Component: (await import("./components/backlog-page")).BacklogPage,
});
