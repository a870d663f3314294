import { PanelLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { IconButton } from "@/components/ui/button";
import { useLayout } from "./layout-context";

/** The line at the top of a page: where you are, and what you can do there. */
export function PageHead({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  const { menuButton, bell, timer, folded, unfold } = useLayout();
  return (
    <header className="border-line flex h-12 shrink-0 items-center gap-2 border-b px-4 max-sm:px-3">
      {menuButton}
      <span className={folded ? "-ml-1" : "-ml-1 md:hidden"}>{bell}</span>
      {folded && (
        <IconButton label="Show sidebar" className="-ml-1 max-md:hidden" onClick={unfold}>
          <PanelLeft size={16} aria-hidden />
        </IconButton>
      )}
      <div className="flex min-w-0 flex-1 items-center gap-2">{children}</div>
      {timer}
      {actions && <div className="flex items-center gap-2">{actions}</div>}
    </header>
  );
}

/** The way up from a page, before its heading; where there is little room it gives way first. */
export function Crumb({ to, children }: { to: string; children: string }) {
  return (
    <>
      <Link to={to} className="text-quiet hover:text-text shrink-99 truncate touch:py-3">
        {children}
      </Link>
      <span aria-hidden className="text-faint">
        /
      </span>
    </>
  );
}

/** The heading in that line, which names the browser's tab too. */
export function PageTitle({ children }: { children: string }) {
  return (
    <>
      <title>{`${children} · Millrace`}</title>
      <h1 className="truncate text-[14px] font-semibold">{children}</h1>
    </>
  );
}

/** The body of a page that is read rather than worked on like a board. */
export function PageBody({ children }: { children: ReactNode }) {
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-[760px] px-6 py-8 max-sm:px-4 max-sm:py-5">{children}</div>
    </main>
  );
}

/** The head of a part of such a page. */
export function SectionHead({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="mb-3 flex items-start justify-between gap-4">
      <div>
        <h2 className="text-[15px] leading-6 font-semibold">{title}</h2>
        {children && <p className="text-quiet mt-0.5">{children}</p>}
      </div>
      {action}
    </div>
  );
}
