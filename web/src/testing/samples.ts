import type {
  Attachment,
  BoardEvent,
  Card,
  Column,
  Comment,
  Notification,
  Snapshot,
  Sprint,
  Task,
} from "@/lib/api/types";

const at = "2026-01-05T09:00:00Z";

/** A column to test with. */
export function column(id: string, position: string, more: Partial<Column> = {}): Column {
  return { id, name: `Column ${id}`, category: "todo", position, wip_limit: null, version: 1, ...more };
}

/** A card to test with. */
export function card(key: string, more: Partial<Card> = {}): Card {
  return {
    key,
    title: `Title of ${key}`,
    board_id: "board",
    column_id: "left",
    status: "todo",
    priority: "medium",
    assignees: [],
    labels: [],
    story_points: null,
    due_date: null,
    sprint_id: null,
    parent: null,
    position: "V",
    comment_count: 0,
    attachment_count: 0,
    subtask_done: 0,
    subtask_count: 0,
    blocked: false,
    blocked_by: [],
    archived: false,
    column_since: at,
    version: 1,
    updated_at: at,
    ...more,
  };
}

/** A task to test with. */
export function task(key: string, more: Partial<Task> = {}): Task {
  return {
    ...card(key),
    watchers: [],
    custom: {},
    metadata: {},
    project: "AB",
    board_id: "board",
    description: "",
    reporter: null,
    estimated_hours: null,
    actual_hours: 0,
    start_date: null,
    archived: false,
    created_at: at,
    closed_at: null,
    ...more,
  };
}

/** A file to test with. */
export function attachment(id: string, more: Partial<Attachment> = {}): Attachment {
  return {
    id,
    task: "AB-1",
    name: `${id}.txt`,
    size: 5,
    content_type: "text/plain",
    shown: true,
    author: "alex",
    thumbnail: null,
    scanned: true,
    created_at: at,
    ...more,
  };
}

/** A comment to test with. */
export function comment(id: string, more: Partial<Comment> = {}): Comment {
  return {
    id,
    task: "AB-1",
    author: "alex",
    body: `Body of ${id}`,
    reply_to: null,
    reply_count: 0,
    mentions: [],
    reactions: [],
    earlier: [],
    version: 1,
    created_at: at,
    edited_at: null,
    ...more,
  };
}

/** A board of two columns to test with. */
export function snapshot(tasks: Card[], more: Partial<Snapshot> = {}): Snapshot {
  return {
    board: { id: "board", project: "AB", name: "Board", version: 1, created_at: at, updated_at: at },
    columns: [column("left", "B"), column("right", "C", { category: "done" })],
    tasks,
    people: [
      { id: "me", name: "Mara Lindqvist", email: "mara@example.com", role: "owner", avatar_url: null },
      { id: "alex", name: "Alex Okafor", email: "alex@example.com", role: "member", avatar_url: null },
    ],
    labels: [{ id: "bug", name: "Bug", color: "#dc2626", version: 1 }],
    fields: [],
    sprint: null,
    cursor: "e000",
    ...more,
  };
}

/** A planned sprint to test with. */
export function sprint(id: string, more: Partial<Sprint> = {}): Sprint {
  return {
    id,
    project: "AB",
    name: `Sprint ${id}`,
    goal: "",
    start_date: "2026-01-05",
    end_date: "2026-01-16",
    capacity: null,
    state: "planned",
    committed_points: null,
    completed_points: null,
    started_at: null,
    closed_at: null,
    version: 1,
    created_at: at,
    updated_at: at,
    ...more,
  };
}

/** An event to test with. */
export function event(
  id: string,
  type: string,
  more: Omit<Partial<BoardEvent>, "type" | "data"> & { data?: unknown } = {},
): BoardEvent {
  // Of an unknown kind too: a server may be newer than its client.
  return {
    id,
    type,
    workspace: "w",
    project: "AB",
    board_id: "board",
    actor: { id: "alex", name: "Alex Okafor", kind: "user" },
    at,
    changes: [],
    data: {},
    ...more,
  } as BoardEvent;
}

/** A notification to test with. */
export function notification(id: string, more: Partial<Notification> = {}): Notification {
  return {
    id,
    kind: "assigned",
    actor: { id: "alex", name: "Alex Okafor", kind: "user" },
    at,
    project: "AB",
    tasks: [{ key: "AB-1", title: "Title of AB-1", board_id: "board" }],
    task_count: 1,
    event_count: 1,
    fields: [],
    status: null,
    due_date: null,
    excerpt: null,
    finished: null,
    read: false,
    ...more,
  };
}
