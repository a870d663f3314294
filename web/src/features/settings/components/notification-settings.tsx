import { Link } from "react-router";
import { SectionHead } from "@/components/layout/page-head";
import { paths } from "@/lib/paths";

/** The way to what a person hears of. */
export function NotificationSettings() {
  return (
    <section>
      <SectionHead
        title="Notifications"
        action={
          <Link
            to={paths.notificationSettings}
            className="border-line hover:bg-hover inline-flex h-8 shrink-0 items-center rounded-small border px-3 font-medium touch:h-11"
          >
            Choose
          </Link>
        }
      >
        What you are notified about, how and when.
      </SectionHead>
    </section>
  );
}
