import { useQuery } from "@tanstack/react-query";
import { PageBody, PageHead, PageTitle } from "@/components/layout/page-head";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { useWorkspace } from "@/data/session/auth-context";
import { workspaceQuery } from "../api/workspace";
import { AuditTrail } from "./audit-trail";
import { FeatureFlags } from "./feature-flags";
import { MailDeliveries } from "./mail-deliveries";
import { SystemFigures } from "./system-figures";
import { WorkspaceDetails } from "./workspace-details";

/** What holds for everybody in the workspace, and what happened in it. */
export function WorkspaceSettingsPage() {
  const { id, manages } = useWorkspace();
  const about = useQuery(workspaceQuery(id));
  return (
    <>
      <PageHead>
        <PageTitle>Workspace settings</PageTitle>
      </PageHead>
      <PageBody>
        {about.isPending && <SkeletonRows rows={6} label="Loading the workspace" />}
        {about.isError && !about.data && (
          <Failure
            error={about.error}
            title="The workspace did not load"
            onRetry={() => void about.refetch()}
          />
        )}
        {about.data && (
          <div key={id} className="flex flex-col gap-10">
            <WorkspaceDetails workspace={about.data} editable={manages} />
            <FeatureFlags editable={manages} />
            {manages && <SystemFigures />}
            {manages && <MailDeliveries />}
            {manages && <AuditTrail />}
          </div>
        )}
      </PageBody>
    </>
  );
}
