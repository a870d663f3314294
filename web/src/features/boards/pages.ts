/** Loads `BoardPage` in a chunk of its own. */
export const boardPage = async () => ({ Component: (await import("./components/board-page")).BoardPage });
