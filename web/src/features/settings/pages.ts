/** Loads `SettingsPage` in a chunk of its own. */
export const settingsPage = async () => ({
  Component: (await import("./components/settings-page")).SettingsPage,
});
