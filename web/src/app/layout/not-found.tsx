import { useRouteError, Link } from "react-router";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/states";
import { PageHead, PageTitle } from "@/components/layout/page-head";

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <>
      <PageHead>
        <PageTitle>Not found</PageTitle>
      </PageHead>
      <main className="grid flex-1 place-items-center">
        <Empty
          title="This page does not exist"
          action={
            <Link to="/" className="text-accent-ink font-medium underline underline-offset-2">
              Go to your board
            </Link>
          }
        >
          It may have been removed, or you may not have access to it.
        </Empty>
      </main>
    </>
  );
}

/** What browsers say where a part of the client does not arrive: offline, or after a newer one took its place. */
const notArrived = /dynamically imported module|importing a module script failed/i;

/** A page that broke, or did not arrive. */
export function RouteFailure() {
  const error = useRouteError();
  console.error(error);
  if (error instanceof TypeError && notArrived.test(error.message)) {
    return (
      <main className="grid h-full place-items-center">
        <Empty
          title="This page did not load"
          action={<Button onClick={() => window.location.reload()}>Try again</Button>}
        >
          You are offline, or Millrace was updated in the meantime.
        </Empty>
      </main>
    );
  }
  return (
    <main className="grid h-full place-items-center">
      <Empty
        title="Something went wrong"
        action={<Button onClick={() => window.location.reload()}>Reload the page</Button>}
      >
        Your saved work is safe. If this happens again, tell your Millrace administrator.
      </Empty>
    </main>
  );
}
