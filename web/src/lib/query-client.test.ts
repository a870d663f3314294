import { onlineManager, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { UnreachableError } from "./api/problem";
import { createQueryClient } from "./query-client";

afterEach(() => onlineManager.setOnline(true));

test("fails at once while offline and refetches when online again", async () => {
  onlineManager.setOnline(false);
  const client = createQueryClient();
  client.mount();
  const read = vi.fn(() =>
    onlineManager.isOnline() ? Promise.resolve("a board") : Promise.reject(new UnreachableError()),
  );
  const observer = new QueryObserver(client, { queryKey: ["board"], queryFn: read });
  const stop = observer.subscribe(() => undefined);
  await vi.waitFor(() => expect(observer.getCurrentResult().error).toBeInstanceOf(UnreachableError));
  expect(read).toHaveBeenCalledTimes(1);
  onlineManager.setOnline(true);
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe("a board"));
  stop();
  client.unmount();
});
