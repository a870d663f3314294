/** The addresses of the client's pages. */
export const paths = {
  projects: "/projects",
  project: (project: string) => `/p/${project}`,
  board: (project: string, board: string) => `/p/${project}/b/${board}`,
  task: (project: string, board: string, task: string) => `/p/${project}/b/${board}/t/${task}`,
  backlog: (project: string, board: string) => `/p/${project}/backlog/${board}`,
  insight: (project: string, board: string) => `/p/${project}/insight/${board}`,
  sprints: (project: string) => `/p/${project}/sprints`,
  sprint: (project: string, sprint: string) => `/p/${project}/sprints/${sprint}`,
  archived: (project: string) => `/p/${project}/archived`,
  projectSettings: (project: string) => `/p/${project}/settings`,
  projectData: (project: string, imported?: string) =>
    `/p/${project}/data${imported ? `?import=${encodeURIComponent(imported)}` : ""}`,
  inbox: "/inbox",
  dashboard: "/dashboard",
  projectAnalytics: (project: string) => `/p/${project}/analytics`,
  members: "/members",
  workspace: "/workspace",
  teams: "/teams",
  timesheet: "/timesheet",
  settings: "/settings",
  notificationSettings: "/settings/notifications",
} as const;
