import { Link, Outlet } from "react-router";
import { paths } from "@/lib/paths";
import { PageHead, PageTitle } from "@/components/layout/page-head";
import { Empty } from "@/components/ui/states";
import { useWorkspace } from "@/data/session/auth-context";
import { features, useFeature, type Feature } from "@/data/session/use-feature";

/** The pages of a part of the client, where the workspace uses it. */
export function FeatureGate({ feature }: { feature: Feature }) {
  const { manages } = useWorkspace();
  const on = useFeature(feature);
  if (on) return <Outlet />;
  const { name } = features.find(({ id }) => id === feature) ?? { name: "This" };
  return (
    <>
      <PageHead>
        <PageTitle>{name}</PageTitle>
      </PageHead>
      <main className="grid flex-1 place-items-center">
        <Empty
          title={`${name} is switched off`}
          action={
            manages && (
              <Link to={paths.workspace} className="text-accent-ink font-medium underline underline-offset-2">
                Workspace settings
              </Link>
            )
          }
        >
          {manages
            ? "Switch it on again in the workspace’s settings."
            : "An admin of the workspace can switch it on again."}
        </Empty>
      </main>
    </>
  );
}
