/** Loads `TeamsPage` in a chunk of its own. */
export const teamsPage = async () => ({ Component: (await import("./components/teams-page")).TeamsPage });
