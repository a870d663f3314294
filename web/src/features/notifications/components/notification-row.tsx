import {
  AlarmClock,
  AtSign,
  CircleDot,
  FileCheck2,
  FolderPlus,
  MessageSquare,
  Pencil,
  UserPlus,
} from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { Avatar } from "@/components/ui/avatar";
import { classNames } from "@/lib/class-names";
import { fromNow, fullMoment } from "@/lib/dates";
import type { Notification } from "@/lib/api/types";
import { fieldNames, type Field } from "@/data/tasks/merge";
import { sentence, whereTo } from "../words";

const icons: Record<Notification["kind"], ReactNode> = {
  assigned: <UserPlus size={11} aria-hidden />,
  mentioned: <AtSign size={11} aria-hidden />,
  commented: <MessageSquare size={11} aria-hidden />,
  status_changed: <CircleDot size={11} aria-hidden />,
  updated: <Pencil size={11} aria-hidden />,
  due: <AlarmClock size={11} aria-hidden />,
  overdue: <AlarmClock size={11} aria-hidden />,
  added: <FolderPlus size={11} aria-hidden />,
  finished: <FileCheck2 size={11} aria-hidden />,
};

function details({ kind, fields, excerpt, tasks, task_count: count }: Notification): string {
  if (excerpt) return excerpt;
  if (count > 1) {
    const more = count - tasks.length;
    return tasks.map(({ key }) => key).join(", ") + (more > 0 ? ` and ${more} more` : "");
  }
  if (kind === "updated") {
    return fields.map((field) => fieldNames[field as Field] ?? field.replaceAll("_", " ")).join(", ");
  }
  return "";
}

/** One notification; opening it is what marks it as read. */
export function NotificationRow({
  notification,
  onOpen,
}: {
  notification: Notification;
  onOpen: (notification: Notification) => void;
}) {
  const { actor, at, kind, read, tasks } = notification;
  const { impersonal, verb, subject, rest } = sentence(notification);
  const more = details(notification);
  return (
    <Link
      to={whereTo(notification)}
      data-notification={notification.id}
      onClick={() => onOpen(notification)}
      className="hover:bg-hover focus-visible:bg-hover flex items-start gap-3 rounded-small px-3 py-2.5 outline-offset-[-2px] touch:min-h-11"
    >
      <span className="relative mt-0.5 shrink-0">
        <Avatar person={{ id: actor.id ?? actor.name, name: actor.name }} size={24} />
        <span
          className={classNames(
            "bg-surface border-line absolute -right-1.5 -bottom-1 grid size-4 place-items-center rounded-full border",
            kind === "overdue" ? "text-danger" : "text-quiet",
          )}
        >
          {icons[kind]}
        </span>
      </span>
      <span className="min-w-0 flex-1">
        <span className={classNames("block wrap-anywhere", read ? "text-quiet" : "text-text")}>
          {!impersonal && <span className={read ? "" : "font-semibold"}>{actor.name} </span>}
          {verb && `${verb} `}
          <span className={read ? "" : "font-medium"}>{subject}</span>
          {rest && ` ${rest}`}
        </span>
        <span className="text-faint text-meta mt-0.5 flex min-w-0 gap-1.5">
          {notification.task_count === 1 && tasks[0] && (
            <span className="shrink-0 tabular-nums">{tasks[0].key}</span>
          )}
          <time dateTime={at} title={fullMoment(at)} className="shrink-0">
            {fromNow(at)}
          </time>
          {more && <span className="truncate">{more}</span>}
        </span>
      </span>
      <span className="mt-1.5 flex size-2 shrink-0">
        {!read && (
          <>
            <span className="sr-only">Unread</span>
            <span aria-hidden className="bg-accent size-2 rounded-full" />
          </>
        )}
      </span>
    </Link>
  );
}
