/** Loads `WelcomePage` in a chunk of its own. */
export const welcomePage = async () => ({
  Component: (await import("./components/welcome-page")).WelcomePage,
});

/** Loads `WorkspaceSettingsPage` in a chunk of its own. */
export const workspaceSettingsPage = async () => ({
  Component: (await import("./components/workspace-settings-page")).WorkspaceSettingsPage,
});
