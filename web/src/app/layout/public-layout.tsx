import { Outlet } from "react-router";
import { Wordmark } from "./wordmark";

/** The frame of the pages outside the sign-in. */
export function PublicLayout() {
  return (
    <div className="flex min-h-full flex-col items-center px-4 pt-[min(14vh,120px)] pb-10">
      <Wordmark />
      <main className="mt-8 w-full max-w-[380px]">
        <Outlet />
      </main>
    </div>
  );
}
