import { infiniteQueryOptions, queryOptions, useMutation, type InfiniteData } from "@tanstack/react-query";
import { problemToast } from "@/components/ui/toast-store";
import { answer, api } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import { queryClient } from "@/lib/query-client";
import type { Notification, NotificationPage, NotificationPreferences } from "@/lib/api/types";

/** What the person heard of, newest first. */
export const inboxQuery = infiniteQueryOptions({
  queryKey: ["notifications", "inbox"],
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.GET("/api/notifications", {
        params: { query: { limit: 30, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      }),
    ),
  initialPageParam: "",
  getNextPageParam: (last: NotificationPage) => last.next ?? undefined,
});

/** How much of it is unread. */
export const unreadQuery = queryOptions({
  queryKey: ["notifications", "unread"],
  queryFn: async ({ signal }) =>
    (await answer(api.GET("/api/notifications/unread-count", { signal }))).unread_count,
});

/** How the person wants to hear. */
export const preferencesQuery = queryOptions({
  queryKey: ["notifications", "preferences"],
  queryFn: ({ signal }) => answer(api.GET("/api/notifications/preferences", { signal })),
});

type Pages = InfiniteData<NotificationPage, string>;

function updateInbox(change: (items: Notification[]) => Notification[]) {
  queryClient.setQueryData<Pages>(
    inboxQuery.queryKey,
    (pages) =>
      pages && { ...pages, pages: pages.pages.map((page) => ({ ...page, items: change(page.items) })) },
  );
}

/** Takes up what came over the socket: new, or more of what is there. */
export function receiveNotification(notification: Notification, unread: number): void {
  queryClient.setQueryData<Pages>(inboxQuery.queryKey, (pages) => {
    const [first, ...rest] = pages?.pages ?? [];
    if (!pages || !first) return pages;
    const others = (items: Notification[]) => items.filter(({ id }) => id !== notification.id);
    const pagesWithout = [first, ...rest].map((page) => ({ ...page, items: others(page.items) }));
    const [head, ...tail] = pagesWithout;
    if (!head) return pages;
    const items = [...head.items, notification].sort((one, other) => (one.id < other.id ? 1 : -1));
    return { ...pages, pages: [{ ...head, items }, ...tail] };
  });
  queryClient.setQueryData(unreadQuery.queryKey, unread);
}

/** Asks for everything anew, as after a socket was away. */
export function rereadNotifications(): void {
  void queryClient.invalidateQueries({ queryKey: inboxQuery.queryKey });
  void queryClient.invalidateQueries({ queryKey: unreadQuery.queryKey });
}

async function before() {
  await queryClient.cancelQueries({ queryKey: ["notifications"] });
  return {
    inbox: queryClient.getQueryData(inboxQuery.queryKey),
    unread: queryClient.getQueryData(unreadQuery.queryKey),
  };
}

type Before = Awaited<ReturnType<typeof before>>;

function putBack(was: Before | undefined, error: unknown) {
  queryClient.setQueryData(inboxQuery.queryKey, was?.inbox);
  queryClient.setQueryData(unreadQuery.queryKey, was?.unread);
  problemToast(`It is still unread. ${explain(error)}`);
}

/** Marks one notification as read. */
export function useRead() {
  return useMutation({
    mutationFn: (notification: Notification) =>
      answer(
        api.POST("/api/notifications/{notification_id}/read", {
          params: { path: { notification_id: notification.id } },
        }),
      ),
    onMutate: async ({ id }) => {
      const was = await before();
      updateInbox((items) => items.map((item) => (item.id === id ? { ...item, read: true } : item)));
      queryClient.setQueryData(unreadQuery.queryKey, (count) => count && Math.max(0, count - 1));
      return was;
    },
    onSuccess: ({ unread_count }) => queryClient.setQueryData(unreadQuery.queryKey, unread_count),
    onError: (error, _, was) => putBack(was, error),
  });
}

/** Marks every notification as read. */
export function useReadAll() {
  return useMutation({
    mutationFn: () => answer(api.POST("/api/notifications/read-all")),
    onMutate: async () => {
      const was = await before();
      updateInbox((items) => items.map((item) => ({ ...item, read: true })));
      queryClient.setQueryData(unreadQuery.queryKey, 0);
      return was;
    },
    onError: (error, _, was) => putBack(was, error),
  });
}

/** Changes how the person wants to hear, and takes it back where that is refused. */
export function useChoose() {
  return useMutation({
    mutationFn: (preferences: NotificationPreferences) =>
      answer(api.PUT("/api/notifications/preferences", { body: preferences })),
    onMutate: async (preferences) => {
      await queryClient.cancelQueries({ queryKey: preferencesQuery.queryKey });
      const was = queryClient.getQueryData(preferencesQuery.queryKey);
      queryClient.setQueryData(preferencesQuery.queryKey, preferences);
      return was;
    },
    onSuccess: (kept) => queryClient.setQueryData(preferencesQuery.queryKey, kept),
    onError: (error, _, was) => {
      queryClient.setQueryData(preferencesQuery.queryKey, was);
      problemToast(`That was not saved. ${explain(error)}`);
    },
  });
}
