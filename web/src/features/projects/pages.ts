/** Loads `ProjectsPage` in a chunk of its own. */
export const projectsPage = async () => ({
  Component: (await import("./components/projects-page")).ProjectsPage,
});

/** Loads `ProjectHome` in a chunk of its own. */
export const projectHome = async () => ({
  Component: (await import("./components/project-home")).ProjectHome,
});

/** Loads `ProjectSettingsPage` in a chunk of its own. */
export const projectSettingsPage = async () => ({
  Component: (await import("./components/project-settings-page")).ProjectSettingsPage,
});
