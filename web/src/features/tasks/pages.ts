/** Loads `TaskPanel` in a chunk of its own. */
export const taskPanel = async () => ({ Component: (await import("./components/task-panel")).TaskPanel });

/** Loads `ArchivedPage` in a chunk of its own. */
export const archivedPage = async () => ({
  Component: (await import("./components/archived-page")).ArchivedPage,
});
