import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { paths } from "@/lib/paths";
import { Crumb, PageBody, PageHead, PageTitle, SectionHead } from "@/components/layout/page-head";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { projectQuery } from "@/data/projects/projects";
import { reaches } from "@/lib/roles";
import { DeleteProject } from "./delete-project";
import { ProjectDetails } from "./project-details";
import { ProjectFields } from "./project-fields";
import { ProjectLabels } from "./project-labels";
import { ProjectMembers } from "./project-members";
import { ProjectRules } from "./project-rules";

/** A project's name, people and labels, and its end. */
export function ProjectSettingsPage() {
  const { project = "" } = useParams();
  const about = useQuery(projectQuery(project));
  const admin = reaches(about.data?.role, "admin");
  return (
    <>
      <PageHead>
        <Crumb to={paths.project(project)}>{about.data?.name ?? project}</Crumb>
        <PageTitle>Settings</PageTitle>
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
        {about.data && (
          <div key={project} className="flex flex-col gap-10">
            <ProjectDetails project={about.data} editable={admin} />
            <ProjectLabels project={project} editable={reaches(about.data.role, "manager")} />
            <ProjectFields project={project} editable={admin} />
            <ProjectMembers project={project} editable={admin} />
            <ProjectRules project={about.data} editable={admin} />
            {reaches(about.data.role, "manager") && (
              <section>
                <SectionHead
                  title="Import and export"
                  action={
                    <Link
                      to={paths.projectData(project)}
                      className="border-line-strong bg-surface hover:bg-hover rounded-small inline-flex h-8 items-center border px-3 font-medium touch:h-11"
                    >
                      Import or export
                    </Link>
                  }
                >
                  Import tasks from CSV, Trello or Jira, or export the project as a file.
                </SectionHead>
              </section>
            )}
            {admin && <DeleteProject project={about.data} />}
          </div>
        )}
      </PageBody>
    </>
  );
}
