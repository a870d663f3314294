import { useQuery } from "@tanstack/react-query";
import { useParams, useSearchParams } from "react-router";
import { Crumb, PageBody, PageHead, PageTitle } from "@/components/layout/page-head";
import { paths } from "@/lib/paths";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { projectQuery } from "@/data/projects/projects";
import { reaches } from "@/lib/roles";
import { ExportSection } from "./export-section";
import { ImportProgress } from "./import-progress";
import { ImportStart } from "./import-start";

/** Brings tasks into a project, and takes the project out. What is under way is in the address. */
export function DataPage() {
  const { project = "" } = useParams();
  const [search] = useSearchParams();
  const about = useQuery(projectQuery(project));
  const imported = search.get("import");
  return (
    <>
      <PageHead>
        <Crumb to={paths.project(project)}>{about.data?.name ?? project}</Crumb>
        <PageTitle>Import and export</PageTitle>
      </PageHead>
      <PageBody>
        {about.isPending && <SkeletonRows rows={6} label="Loading the project" />}
        {about.isError && !about.data && (
          <Failure
            error={about.error}
            title="The project did not load"
            onRetry={() => void about.refetch()}
          />
        )}
        {about.data && !reaches(about.data.role, "manager") && (
          <p className="text-quiet">Only project managers can import and export tasks.</p>
        )}
        {about.data && reaches(about.data.role, "manager") && (
          <div key={project} className="flex flex-col gap-10">
            {imported ? (
              <ImportProgress key={imported} project={project} id={imported} />
            ) : (
              <ImportStart project={project} />
            )}
            {!imported && <ExportSection project={project} />}
          </div>
        )}
      </PageBody>
    </>
  );
}
