import { Outlet } from "react-router";
import { Wordmark } from "./wordmark";

/** The frame of the pages outside the sign-in. */
export function PublicLayout() {
  return (
    <div className="flex min-h-full flex-col items-center px-4 pt-[min(14vh,120px)] pb-10">
      <header>
        <Wordmark />
      </header>
      <main className="mt-8 w-full max-w-[380px]">
        <Outlet />
      </main>
    </div>
  );
}

/** The heading of such a page, which names the browser's tab too. */
export function PublicTitle({ children }: { children: string }) {
  return (
    <>
      <title>{`${children} · Millrace`}</title>
      <h1 className="text-[20px] leading-7 font-semibold tracking-tight">{children}</h1>
    </>
  );
}
