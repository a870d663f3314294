/** Loads `UnsubscribePage` in a chunk of its own. */
export const unsubscribePage = async () => ({
  Component: (await import("./components/unsubscribe-page")).UnsubscribePage,
});

/** Loads `InboxPage` in a chunk of its own. */
export const inboxPage = async () => ({ Component: (await import("./components/inbox-page")).InboxPage });

/** Loads `PreferencesPage` in a chunk of its own. */
export const preferencesPage = async () => ({
  Component: (await import("./components/preferences-page")).PreferencesPage,
});
