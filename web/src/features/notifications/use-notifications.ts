import { useEffect } from "react";
import { useNavigate } from "react-router";
import { personColor } from "@/components/ui/person-color";
import { toast } from "@/components/ui/toast-store";
import { openSocket } from "@/data/live/socket";
import { answer, api } from "@/lib/api/client";
import type { Notification } from "@/lib/api/types";
import { receiveNotification, rereadNotifications } from "./api/notifications";
import { createListener } from "./listen";
import { plainSentence, whereTo } from "./words";

/** What concerns a person alone is worth a word while they do something else. */
const TOLD_AT_ONCE: ReadonlySet<Notification["kind"]> = new Set(["assigned", "mentioned"]);

/** Keeps the inbox current while a page of the workspace is open, and shows urgent notifications at once. */
export function useNotifications(workspace: string) {
  const navigate = useNavigate();
  useEffect(() => {
    /** A burst grows on the server: each notification has one message at a time. */
    const shown = new Map<string, number>();
    return createListener({
      takeTicket: async () => (await answer(api.POST("/api/auth/live-ticket"))).ticket,
      openSocket,
      onNotification: (notification, unread) => {
        receiveNotification(notification, unread);
        if (!TOLD_AT_ONCE.has(notification.kind)) return;
        const { actor, id } = notification;
        const replaces = shown.get(id);
        const told = toast(plainSentence(notification), {
          link: { label: "Open", run: () => void navigate(whereTo(notification)) },
          ...(actor.id ? { color: personColor(actor.id) } : {}),
          ...(replaces === undefined ? {} : { replaces }),
        });
        shown.set(id, told);
      },
      onReturn: rereadNotifications,
      random: Math.random,
    });
  }, [workspace, navigate]);
}
