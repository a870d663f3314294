/** Loads `SprintsPage` in a chunk of its own. */
export const sprintsPage = async () => ({
  Component: (await import("./components/sprints-page")).SprintsPage,
});

/** Loads `SprintPage` in a chunk of its own. */
export const sprintPage = async () => ({ Component: (await import("./components/sprint-page")).SprintPage });
