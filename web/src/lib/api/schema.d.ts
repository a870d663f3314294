/**
 * Written by hand in the shape that openapi-typescript gives, until docs/openapi.json exists.
 */
type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance?: string;
  errors?: { field: string; message: string }[];
  current?: unknown;
};

type Call<Answer, Path = never, Query = never, Body = never> = {
  parameters: {
    query?: [Query] extends [never] ? never : Query;
    header?: { "If-Match"?: string; "Idempotency-Key"?: string };
    cookie?: never;
  } & ([Path] extends [never] ? { path?: never } : { path: Path });
  responses: {
    200: { headers: { [name: string]: unknown }; content: { "application/json": Answer } };
    default: { headers: { [name: string]: unknown }; content: { "application/problem+json": Problem } };
  };
} & ([Body] extends [never] ? { requestBody?: never } : { requestBody: { content: { "application/json": Body } } });

type Page<Item> = { items: Item[]; next: string | null };
type Paging = { limit?: number; cursor?: string };

export interface components {
  schemas: {
    Problem: Problem;
    WorkspaceRole: "owner" | "admin" | "member" | "guest";
    ProjectRole: "admin" | "manager" | "developer" | "tester" | "viewer";
    Category: "backlog" | "todo" | "in_progress" | "review" | "done";
    Priority: "lowest" | "low" | "medium" | "high" | "urgent";
    Membership: { id: string; slug: string; name: string; role: components["schemas"]["WorkspaceRole"] };
    SignedIn: {
      access_token: string;
      expires_in: number;
      user: { id: string; name: string; email: string };
      workspace: components["schemas"]["Membership"] | null;
      workspaces: components["schemas"]["Membership"][];
    };
    Me: {
      id: string;
      name: string;
      email: string;
      email_verified: boolean;
      workspace: components["schemas"]["Membership"] | null;
      workspaces: components["schemas"]["Membership"][];
    };
    Session: {
      id: string;
      current: boolean;
      user_agent: string | null;
      created_at: string;
      last_used_at: string;
    };
    Person: {
      id: string;
      name: string;
      email: string | null;
      role: components["schemas"]["WorkspaceRole"];
      avatar_url: string | null;
    };
    Invite: {
      id: string;
      email: string;
      role: components["schemas"]["WorkspaceRole"];
      projects?: { project: string; role: components["schemas"]["ProjectRole"] }[];
      created_at: string;
      expires_at: string;
    };
    Project: {
      key: string;
      name: string;
      description: string;
      role: components["schemas"]["ProjectRole"];
      board_id: string | null;
      version: number;
      created_at: string;
      updated_at: string;
    };
    ProjectMember: { user: components["schemas"]["Person"]; role: components["schemas"]["ProjectRole"] };
    Label: { id: string; name: string; color: string; version: number };
    Board: {
      id: string;
      project: string;
      name: string;
      version: number;
      created_at: string;
      updated_at: string;
    };
    Column: {
      id: string;
      name: string;
      category: components["schemas"]["Category"];
      position: string;
      wip_limit: number | null;
      version: number;
    };
    Card: {
      key: string;
      title: string;
      column_id: string;
      status: components["schemas"]["Category"];
      priority: components["schemas"]["Priority"];
      assignees: string[];
      labels: string[];
      story_points: number | null;
      due_date: string | null;
      sprint_id: string | null;
      parent: string | null;
      position: string;
      comment_count: number;
      attachment_count: number;
      subtask_done: number;
      subtask_count: number;
      blocked: boolean;
      column_since: string;
      version: number;
      updated_at: string;
    };
    Snapshot: {
      board: components["schemas"]["Board"];
      columns: components["schemas"]["Column"][];
      tasks: components["schemas"]["Card"][];
      people: components["schemas"]["Person"][];
      labels: components["schemas"]["Label"][];
      sprint: unknown;
      cursor: string;
    };
    Task: {
      key: string;
      project: string;
      board_id: string;
      column_id: string;
      status: components["schemas"]["Category"];
      title: string;
      description: string;
      priority: components["schemas"]["Priority"];
      assignees: string[];
      reporter: string | null;
      labels: string[];
      story_points: number | null;
      estimated_hours: number | null;
      actual_hours: number | null;
      start_date: string | null;
      due_date: string | null;
      sprint_id: string | null;
      parent: string | null;
      position: string;
      comment_count: number;
      attachment_count: number;
      subtask_done: number;
      subtask_count: number;
      blocked: boolean;
      archived: boolean;
      version: number;
      created_at: string;
      updated_at: string;
      closed_at: string | null;
    };
    NewTask: {
      title: string;
      description?: string;
      board_id?: string;
      column_id?: string;
      priority?: components["schemas"]["Priority"];
      assignees?: string[];
      labels?: string[];
      story_points?: number | null;
      estimated_hours?: number | null;
      start_date?: string | null;
      due_date?: string | null;
      parent?: string | null;
    };
    TaskChange: {
      title?: string;
      description?: string;
      priority?: components["schemas"]["Priority"];
      assignees?: string[];
      labels?: string[];
      story_points?: number | null;
      estimated_hours?: number | null;
      start_date?: string | null;
      due_date?: string | null;
      parent?: string | null;
      reporter?: string | null;
    };
    Move: {
      task: string;
      from_column: string;
      to_column: string;
      before?: string;
      after?: string;
      position?: number;
    };
    Event: {
      id: string;
      type: string;
      workspace: string;
      project: string | null;
      board_id: string | null;
      task?: string | null;
      actor: { id: string; name: string; kind: "user" | "rule" | "integration" | "system" };
      at: string;
      changes: { field: string; from?: unknown; to?: unknown }[];
      data?: { card?: components["schemas"]["Card"]; column?: components["schemas"]["Column"]; board?: components["schemas"]["Board"] } | null;
    };
  };
}

type S = components["schemas"];
type ById<Name extends string> = Record<Name, string>;

export interface paths {
  "/api/auth/register": { post: Call<S["SignedIn"], never, never, { email: string; password: string; name: string; workspace?: { name: string; slug: string } }> };
  "/api/auth/login": { post: Call<S["SignedIn"], never, never, { email: string; password: string; totp?: string; workspace?: string }> };
  "/api/auth/refresh": { post: Call<S["SignedIn"]> };
  "/api/auth/logout": { post: Call<unknown> };
  "/api/auth/password/forgot": { post: Call<unknown, never, never, { email: string }> };
  "/api/auth/password/reset": { post: Call<unknown, never, never, { token: string; password: string }> };
  "/api/auth/email/verify": { post: Call<unknown, never, never, { token: string }> };
  "/api/auth/switch": { post: Call<S["SignedIn"], never, never, { workspace: string }> };
  "/api/auth/live-ticket": { post: Call<{ ticket: string; expires_in: number }> };
  "/api/auth/sessions": { get: Call<Page<S["Session"]>, never, Paging> };
  "/api/auth/sessions/{session_id}": { delete: Call<unknown, ById<"session_id">> };
  "/api/workspaces": {
    get: Call<Page<S["Membership"]>, never, Paging>;
    post: Call<S["Membership"], never, never, { name: string; slug: string }>;
  };
  "/api/workspaces/{workspace_id}": {
    get: Call<S["Membership"], ById<"workspace_id">>;
    patch: Call<S["Membership"], ById<"workspace_id">, never, { name?: string }>;
  };
  "/api/workspaces/{workspace_id}/members": { get: Call<Page<S["Person"]>, ById<"workspace_id">, Paging> };
  "/api/workspaces/{workspace_id}/members/{user_id}": {
    patch: Call<S["Person"], ById<"workspace_id" | "user_id">, never, { role: S["WorkspaceRole"] }>;
    delete: Call<unknown, ById<"workspace_id" | "user_id">>;
  };
  "/api/workspaces/{workspace_id}/invites": {
    get: Call<Page<S["Invite"]>, ById<"workspace_id">, Paging>;
    post: Call<S["Invite"], ById<"workspace_id">, never, { email: string; role: S["WorkspaceRole"]; projects?: { project: string; role: S["ProjectRole"] }[] }>;
  };
  "/api/workspaces/{workspace_id}/invites/{invite_id}": { delete: Call<unknown, ById<"workspace_id" | "invite_id">> };
  "/api/invites/{token}/accept": { post: Call<S["SignedIn"], ById<"token">, never, { name?: string; password?: string }> };
  "/api/users": { get: Call<Page<S["Person"]>, never, Paging> };
  "/api/users/me": { get: Call<S["Me"]>; patch: Call<S["Me"], never, never, { name?: string }> };
  "/api/projects": {
    get: Call<Page<S["Project"]>, never, Paging>;
    post: Call<S["Project"], never, never, { key: string; name: string; description?: string; template?: "kanban" | "scrum" | "bugs" }>;
  };
  "/api/projects/{project}": {
    get: Call<S["Project"], ById<"project">>;
    patch: Call<S["Project"], ById<"project">, never, { name?: string; description?: string }>;
    delete: Call<unknown, ById<"project">>;
  };
  "/api/projects/{project}/members": { get: Call<Page<S["ProjectMember"]>, ById<"project">, Paging> };
  "/api/projects/{project}/members/{user_id}": {
    put: Call<S["ProjectMember"], ById<"project" | "user_id">, never, { role: S["ProjectRole"] }>;
    delete: Call<unknown, ById<"project" | "user_id">>;
  };
  "/api/projects/{project}/labels": {
    get: Call<Page<S["Label"]>, ById<"project">, Paging>;
    post: Call<S["Label"], ById<"project">, never, { name: string; color: string }>;
  };
  "/api/projects/{project}/labels/{label_id}": {
    patch: Call<S["Label"], ById<"project" | "label_id">, never, { name?: string; color?: string }>;
    delete: Call<unknown, ById<"project" | "label_id">>;
  };
  "/api/projects/{project}/boards": {
    get: Call<Page<S["Board"]>, ById<"project">, Paging>;
    post: Call<S["Board"], ById<"project">, never, { name: string }>;
  };
  "/api/boards/{board_id}": {
    get: Call<S["Snapshot"], ById<"board_id">>;
    patch: Call<S["Board"], ById<"board_id">, never, { name?: string }>;
    delete: Call<unknown, ById<"board_id">>;
  };
  "/api/boards/{board_id}/columns": {
    post: Call<S["Column"], ById<"board_id">, never, { name: string; category: S["Category"]; wip_limit?: number | null; position?: number }>;
  };
  "/api/boards/{board_id}/columns/{column_id}": {
    patch: Call<S["Column"], ById<"board_id" | "column_id">, never, { name?: string; category?: S["Category"]; wip_limit?: number | null; position?: number }>;
    delete: Call<unknown, ById<"board_id" | "column_id">, { move_to?: string }>;
  };
  "/api/boards/{board_id}/move": { post: Call<S["Card"], ById<"board_id">, never, S["Move"]> };
  "/api/boards/{board_id}/events": { get: Call<Page<S["Event"]>, ById<"board_id">, Paging & { after?: string }> };
  "/api/tasks": { get: Call<Page<S["Task"]>, never, Paging & { q?: string; project?: string; assignee?: string; parent?: string; archived?: boolean }> };
  "/api/projects/{project}/tasks": {
    get: Call<Page<S["Task"]>, ById<"project">, Paging & { q?: string; archived?: boolean; parent?: string }>;
    post: Call<S["Task"], ById<"project">, never, S["NewTask"]>;
  };
  "/api/tasks/{task}": {
    get: Call<S["Task"], ById<"task">>;
    patch: Call<S["Task"], ById<"task">, never, S["TaskChange"]>;
    delete: Call<unknown, ById<"task">>;
  };
  "/api/tasks/{task}/restore": { post: Call<S["Task"], ById<"task">> };
  "/api/tasks/{task}/history": { get: Call<Page<S["Event"]>, ById<"task">, Paging> };
}
