import { useRouteError, Link } from "react-router";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/states";

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <main className="grid h-full place-items-center">
      <Empty
        title="There is nothing at this address"
        action={
          <Link to="/" className="text-accent-ink font-medium underline underline-offset-2">
            Go to your board
          </Link>
        }
      >
        It may have been removed, or you may not have access to it.
      </Empty>
    </main>
  );
}

/** A page that broke. */
export function RouteFailure() {
  const error = useRouteError();
  console.error(error);
  return (
    <main className="grid h-full place-items-center">
      <Empty
        title="This page broke"
        action={<Button onClick={() => window.location.reload()}>Reload the page</Button>}
      >
        What you saved is safe. If it breaks again, tell whoever runs Millrace for you.
      </Empty>
    </main>
  );
}
