/** Loads `MembersPage` in a chunk of its own. */
export const membersPage = async () => ({
  Component: (await import("./components/members-page")).MembersPage,
});
