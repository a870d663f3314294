import { describe, expect, it, vi } from "vitest";
import { createAccess } from "./access";
import { UnreachableError } from "./problem";

const signedIn = (token: string, seconds = 900) => ({
  access_token: token,
  expires_in: seconds,
  user: { id: "u", name: "U", email: "u@example.com" },
  workspace: null,
  workspaces: [],
});

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

/** Tabs of one browser: one lock and one channel for all, each with its own token. */
function browser(handle: (request: Request) => Promise<Response> | Response) {
  let turn: Promise<unknown> = Promise.resolve();
  const channels: {
    onmessage: ((event: MessageEvent) => void) | null;
    postMessage: (data: unknown) => void;
  }[] = [];
  let now = 0;
  return {
    pass: (milliseconds: number) => (now += milliseconds),
    tab: () => {
      const channel = {
        onmessage: null as ((event: MessageEvent) => void) | null,
        postMessage(data: unknown) {
          for (const other of channels) {
            if (other !== channel) other.onmessage?.(new MessageEvent("message", { data }));
          }
        },
      };
      channels.push(channel);
      return createAccess({
        fetch: async (request) => handle(request),
        lock: (work) => {
          const mine = turn.then(work, work);
          turn = mine.catch(() => undefined);
          return mine;
        },
        channel,
        now: () => now,
        origin: "http://localhost",
      });
    },
  };
}

const call = () => new Request("http://localhost/api/things", { method: "POST", body: "{}" });

describe("renewing the access token", () => {
  it("runs once for simultaneous refused calls and retries each with its body", async () => {
    let refreshes = 0;
    const bodies: string[] = [];
    const { tab } = browser(async (request) => {
      if (request.url.endsWith("/refresh")) {
        refreshes += 1;
        await Promise.resolve();
        return json(200, signedIn(`new-${refreshes}`));
      }
      if (request.headers.get("Authorization") !== "Bearer new-1") return json(401, {});
      bodies.push(await request.text());
      return json(200, {});
    });
    const access = tab();
    access.accept(signedIn("old"));
    const answers = await Promise.all([1, 2, 3].map(() => access.authorized(call())));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(bodies).toEqual(["{}", "{}", "{}"]);
    expect(refreshes).toBe(1);
  });

  it("never runs in two tabs at once", async () => {
    let running = 0;
    let most = 0;
    const { tab } = browser(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      return json(200, signedIn("new"));
    });
    await Promise.all([tab().refresh(), tab().refresh(), tab().refresh()]);
    expect(most).toBe(1);
  });

  it("happens before a call whose token is about to run out", async () => {
    const seen: string[] = [];
    const { tab, pass } = browser((request) => {
      if (request.url.endsWith("/refresh")) return json(200, signedIn("new"));
      seen.push(request.headers.get("Authorization") ?? "");
      return json(200, {});
    });
    const access = tab();
    access.accept(signedIn("old", 60));
    await access.authorized(call());
    pass(50_000);
    await access.authorized(call());
    expect(seen).toEqual(["Bearer old", "Bearer new"]);
  });

  it("retries a call only once", async () => {
    let calls = 0;
    const { tab } = browser((request) => {
      if (request.url.endsWith("/refresh")) return json(200, signedIn("new"));
      calls += 1;
      return json(401, {});
    });
    const access = tab();
    access.accept(signedIn("old"));
    expect((await access.authorized(call())).status).toBe(401);
    expect(calls).toBe(2);
  });

  it("ends the sign-in when the refresh is refused", async () => {
    const { tab } = browser(() => json(401, {}));
    const access = tab();
    const heard = vi.fn();
    access.listen(heard);
    access.accept(signedIn("old"));
    await access.authorized(call());
    expect(heard).toHaveBeenCalledWith({ type: "signed-out" });
    expect(access.signedIn).toBe(false);
  });

  it("keeps the sign-in when the server fails or cannot be reached", async () => {
    let broken = true;
    const { tab } = browser((request) => {
      if (request.url.endsWith("/refresh")) {
        if (broken) throw new TypeError("Failed to fetch");
        return json(200, signedIn("new"));
      }
      return request.headers.get("Authorization") === "Bearer new" ? json(200, {}) : json(401, {});
    });
    const access = tab();
    access.accept(signedIn("old"));
    await expect(access.authorized(call())).rejects.toBeInstanceOf(UnreachableError);
    expect(access.signedIn).toBe(true);
    broken = false;
    expect((await access.authorized(call())).status).toBe(200);
  });

  it("does not refresh for calls made while signed out", async () => {
    const urls: string[] = [];
    const { tab } = browser((request) => {
      urls.push(request.url);
      return json(401, {});
    });
    await tab().authorized(call());
    expect(urls).toEqual(["http://localhost/api/things"]);
  });
});

describe("several tabs", () => {
  it("are signed out together", () => {
    const { tab } = browser(() => json(200, {}));
    const [one, two] = [tab(), tab()];
    const heard = vi.fn();
    two.listen(heard);
    one.accept(signedIn("a"));
    two.accept(signedIn("b"));
    one.signOut();
    expect(one.signedIn).toBe(false);
    expect(two.signedIn).toBe(false);
    expect(heard).toHaveBeenCalledWith({ type: "signed-out" });
  });

  it("hear that another workspace was opened", () => {
    const { tab } = browser(() => json(200, {}));
    const [one, two] = [tab(), tab()];
    const heard = vi.fn();
    two.listen(heard);
    one.switched(signedIn("other"));
    expect(heard).toHaveBeenCalledWith({ type: "switched" });
    expect(one.signedIn).toBe(true);
  });
});
