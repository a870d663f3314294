import { createContext, useContext, type ReactNode } from "react";

interface Layout {
  openPalette: () => void;
  openKeys: () => void;
  fold: () => void;
  unfold: () => void;
  folded: boolean;
  /** Opens the sidebar on a phone; each page puts it into its own head. */
  menuButton: ReactNode;
  /** The bell of the inbox, which features bring and each page puts into its own head. */
  bell: ReactNode;
  /** The timer that is running, if one is. */
  timer: ReactNode;
}

/** Gives pages access to the sidebar, the inbox bell and the timer. */
export const LayoutContext = createContext<Layout | null>(null);

/** The frame around a page. */
export function useLayout(): Layout {
  const layout = useContext(LayoutContext);
  if (!layout) throw new Error("useLayout needs an AppLayout above it.");
  return layout;
}
