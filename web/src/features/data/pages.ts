/** Loads `DataPage` in a chunk of its own. */
export const dataPage = async () => ({ Component: (await import("./components/data-page")).DataPage });
