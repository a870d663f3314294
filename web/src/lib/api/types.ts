import type { components as live } from "./live";
import type { components } from "./schema";

type Schemas = components["schemas"];
type Live = live["schemas"];

/** What a person may do in a whole workspace. */
export type WorkspaceRole = Schemas["WorkspaceRole"];
/** What a person may do in one project. */
export type ProjectRole = Schemas["ProjectRole"];
/** How far along the work in a column is. */
export type Category = Schemas["Status"];
/** The priority of a task. */
export type Priority = Schemas["Priority"];
/** A workspace that the signed-in person belongs to, with their role in it. */
export type Membership = Schemas["OwnWorkspace"];
/** The answer to every way of signing in. */
export type SignedIn = Schemas["SignIn"];
/** The signed-in person. */
export type Me = Schemas["Me"];
/** A place where the signed-in person is signed in. */
export type Session = Schemas["OwnSession"];
/** A workspace, with the caller's role in it. */
export type Workspace = Schemas["Workspace"];
/** Someone who can be met on a board. */
export type Person = Schemas["Person"];
/** Someone in the workspace, as the page of members lists them. */
export type WorkspaceMember = Schemas["WorkspaceMember"];
/** A mailed invitation that nobody has accepted yet. */
export type Invite = Schemas["OpenInvite"];
/** A project, with the caller's role in it. */
export type Project = Schemas["Project"];
/** A person's place in a project. */
export type ProjectMember = Schemas["ProjectMember"];
/** A project's label. */
export type Label = Schemas["Label"];
/** A board without what is on it. */
export type Board = Schemas["Board"];
/** A column of a board. */
export type Column = Schemas["Column"];
/** The part of a task that a board shows. */
export type Card = Schemas["Card"];
/** A whole board as it stood at `cursor`. */
export type Snapshot = Schemas["Snapshot"];
/** A task with all its fields. */
export type Task = Schemas["Task"];
/** A task without its long parts, as lists hold it. */
export type TaskSummary = Schemas["TaskSummary"];
/** What a new task is made from. */
export type NewTask = Schemas["NewTask"];
/** The fields of a task that are to change. */
export type TaskChange = Omit<
  Schemas["TaskChange"],
  "column_id" | "status" | "custom" | "description" | "metadata"
> & {
  description?: string;
  /** Values of the project's own fields; null empties one. */
  custom?: Record<string, unknown>;
};
/** What is to change on many tasks. */
export type BulkSet = Schemas["BulkSet"];
/** What came of a change of many tasks for one of them. */
export type BulkItem = Schemas["BulkItem"];
/** A sprint. */
export type Sprint = Schemas["Sprint"];
/** What a new sprint is made from. */
export type NewSprint = Schemas["NewSprint"];
/** What of a sprint is to change. */
export type SprintChange = Schemas["SprintChange"];
/** How a sprint stood at the end of a day. */
export type BurndownDay = Schemas["BurndownDay"];
/** What came of a sprint, or how a running one stands. */
export type SprintReport = Schemas["SprintReport"];
/** A task in a sprint's report. */
export type ReportedTask = Schemas["ReportedTask"];
/** What a project's people did in its last sprints. */
export type Velocity = Schemas["Velocity"];
/** How work flows over a board. */
export type Flow = Schemas["Flow"];
/** When a workspace works. */
export type Calendar = Schemas["WorkspaceCalendar"];
/** A day of the week. */
export type DayOfWeek = Schemas["DayOfWeek"];
/** What a task is to another one. */
export type Relation = Schemas["Relation"];
/** A link of a task. */
export type TaskLink = Schemas["TaskLink"];
/** A part of a task that somebody can keep for themselves while they write it: `title`, `description`, `custom.<id>`. */
export type LockedField = Schemas["LockedField"];
/** One of a project's own fields. */
export type CustomField = Schemas["FieldDefinition"];
/** What a project's own field holds. */
export type FieldKind = Schemas["FieldKind"];
/** A project's own fields. */
export type ProjectFields = Schemas["ProjectFields"];
/** Where a card is to go. */
export type Move = Schemas["Move"];
/** A comment on a task. */
export type Comment = Schemas["Comment"];
/** A file on a task. */
export type Attachment = Schemas["Attachment"];
/** A signed form by which a file is sent straight to where files are kept. */
export type UploadForm = Schemas["UploadForm"];
/** Who reacted to a comment with one emoji. */
export type Reaction = Schemas["Reaction"];
/** Time that a person logged on a task. */
export type TimeLog = Schemas["TimeLog"];
/** The timer that runs for a person. */
export type Timer = Schemas["Timer"];
/** What a person logged in a span of days. */
export type Timesheet = Schemas["Timesheet"];
/** People of a workspace who work together, across projects. */
export type Team = Schemas["Team"];
/** A report that a person asked for. */
export type Report = Schemas["Report"];
/** A part of them. */
export type ReportPage = Schemas["ReportList"];
/** What a report is to show, and in which form. */
export type ReportRequest = Schemas["ReportRequest"];
/** What a report is about. */
export type ReportKind = Schemas["ReportKind"];
/** In which form a report is made. */
export type ReportFormat = Schemas["ReportFormat"];
/** Figures of a workspace's work. */
export type DashboardFigures = Schemas["DashboardFigures"];
/** Figures of a project's work. */
export type ProjectFigures = Schemas["ProjectFigures"];
/** Something that happened, as feed, history and socket tell it. */
export type BoardEvent = Told<Live["Event"]>;
/** Data that is null is left out of what the client's answers are typed as. */
type Told<E> = E extends { data: null } ? Omit<E, "data"> & { data?: null } : E;
/** What the server sends over the socket. */
export type Frame = Live["Frame"];
/** What a client sends over the socket. */
export type Action = Live["Action"];
/** Someone who looks at a board. */
export type Present = Live["Present"];
/** That somebody edits a task, until then. */
export type Editing = Live["Editing"];
/** News of somebody who edits a task. */
export type EditFrame = Live["EditFrame"];
/** News of somebody's pointer on a board. */
export type CursorFrame = Live["CursorFrame"];
/** Events of a board. */
export type EventsFrame = Live["EventsFrame"];
/** What a person hears of. */
export type Notification = Schemas["Notification"];
/** What a notification is about. */
export type NotificationKind = Schemas["NotificationKind"];
/** A part of the inbox. */
export type NotificationPage = Schemas["NotificationList"];
/** How a person wants to hear. */
export type NotificationPreferences = Schemas["Preferences"];
/** For each kind of notification, the ways by which a person hears of it. */
export type ChannelsByKind = Schemas["ChannelsByKind"];
/** What a mail to a member is about. */
export type MailDelivery = Schemas["MailDelivery"];
export type MailTopic = Schemas["MailTopic"];
/** Who did something: a person, or a rule or system without an id. */
export type Actor = Schemas["Actor"];
type Data = NonNullable<BoardEvent["data"]>;
type FieldsOf<T> = T extends unknown ? keyof T : never;
type FieldOf<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;
/** The fields that events of any kind carry, each of which may be missing. */
export type EventData = { [K in FieldsOf<Data>]?: FieldOf<Data, K> };

/** What an event carries, whatever its kind: a server may be newer than its client. */
export function eventData(event: { data?: unknown }): EventData {
  return typeof event.data === "object" && event.data !== null ? event.data : {};
}
/** An import of tasks out of a file, and how far it is. */
export type Import = Schemas["Import"];
/** An import, with what was found in its file. */
export type ImportFound = Schemas["ImportFound"];
/** A choice that a file leaves, with some of its own values. */
export type FoundChoice = Schemas["FoundChoice"];
/** How the values of a file are read, as far as somebody chose. */
export type Choices = Schemas["Choices"];
/** What an imported file is. */
export type ImportFormat = Schemas["ImportFormat"];
/** Something that is wrong with a line of an imported file. */
export type ImportProblem = Schemas["ImportProblem"];
/** A column of an imported table, with what it is taken for. */
export type DetectedColumn = Schemas["DetectedColumn"];
