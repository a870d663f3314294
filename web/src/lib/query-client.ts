import { onlineManager, QueryClient } from "@tanstack/react-query";
import { ProblemError } from "./api/problem";

/** Makes the cache of what the server answered. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // Offline, a page says so instead of waiting, and reads again once the connection is back.
        networkMode: "always",
        refetchOnReconnect: true,
        // A refusal stays a refusal; only a server that fails or is out of reach is worth asking again.
        retry: (failures, error) =>
          failures < 2 && onlineManager.isOnline() && !(error instanceof ProblemError && error.status < 500),
      },
      // A write while offline is refused at once: kept for later it would overwrite what others do meanwhile.
      mutations: { networkMode: "always", retry: false },
    },
  });
}

/** The cache of this tab. */
export const queryClient = createQueryClient();
