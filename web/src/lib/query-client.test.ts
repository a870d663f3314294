import { onlineManager, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { UnreachableError } from "./api/problem";
import { createQueryClient } from "./query-client";

afterEach(() => onlineManager.setOnline(true));

test("says at once that nothing can be read offline, and reads again when the connection is back", async () => {
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
