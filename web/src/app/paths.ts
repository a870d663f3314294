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
  inbox: "/inbox",
  members: "/members",
  workspace: "/workspace",
  settings: "/settings",
  notificationSettings: "/settings/notifications",
} as const;
