import { http, HttpResponse } from "msw";
import type { Project, SignedIn, Snapshot } from "@/lib/api/types";

const at = "2026-01-05T09:00:00Z";

/** The answer of a sign-in. */
export const signedIn = {
  access_token: "token",
  expires_in: 900,
  user: { id: "me", name: "Mara Lindqvist", email: "mara@example.com" },
  workspace: { id: "w", slug: "acme", name: "Acme", role: "owner" },
  workspaces: [{ id: "w", slug: "acme", name: "Acme", role: "owner" }],
} as SignedIn;

/** A project to test with. */
export const project = {
  key: "AB",
  name: "Delivery app",
  description: "",
  role: "admin",
  board_id: "board",
  close_parent: false,
  version: 1,
  created_at: at,
  updated_at: at,
} as Project;

/** A refusal. */
export const refuse = (status: number, detail: string, more: object = {}) =>
  HttpResponse.json({ type: "about:blank", title: "Refused", status, detail, ...more }, { status });

/** A server for someone who is not signed in. */
export const nobody = [http.post("*/api/auth/refresh", () => refuse(401, "nobody is signed in"))];

/** A server for someone who is signed in, with one project and its board. */
export const someone = (board: Snapshot) => [
  http.post("*/api/auth/refresh", () => HttpResponse.json(signedIn)),
  http.post("*/api/auth/live-ticket", () => HttpResponse.json({ ticket: "t", expires_in: 30 })),
  http.get("*/api/flags", () => HttpResponse.json({ flags: {}, version: 0, updated_at: null })),
  http.get("*/api/notifications", () => HttpResponse.json({ items: [], next: null })),
  http.get("*/api/notifications/unread-count", () => HttpResponse.json({ unread_count: 0 })),
  http.get("*/api/projects", () => HttpResponse.json({ items: [project], next: null })),
  http.get("*/api/projects/AB", () => HttpResponse.json(project)),
  http.get("*/api/projects/AB/sprints", () => HttpResponse.json({ items: [], next: null })),
  http.get("*/api/projects/AB/boards", () => HttpResponse.json({ items: [board.board], next: null })),
  http.get("*/api/boards/board", () => HttpResponse.json(board)),
  http.get("*/api/tasks/:task/attachments", () => HttpResponse.json({ items: [], next: null })),
  http.get("*/api/tasks/:task/comments", () => HttpResponse.json({ items: [], next: null })),
];
