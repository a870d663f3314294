import type { SignedIn } from "./types";
import { problemFrom, UnreachableError } from "./problem";

/** What other tabs of this browser tell each other about the sign-in. */
export type AccessMessage = { type: "signed-out" } | { type: "switched" };

type Lock = <Result>(work: () => Promise<Result>) => Promise<Result>;

interface Outside {
  fetch: (request: Request) => Promise<Response>;
  /** Runs the work while no other tab runs its own. */
  lock: Lock;
  channel: Pick<BroadcastChannel, "postMessage"> & { onmessage: ((event: MessageEvent) => void) | null };
  now: () => number;
  origin: string;
}

/** Early enough that a token does not run out on its way to the server. */
const EARLY_MS = 20_000;

/**
 * Holds the access token, in memory alone, and renews it. A refresh token that is used twice ends its whole
 * family of sessions, so calls of this tab share one renewal and tabs take turns.
 */
export function createAccess(outside: Outside) {
  let token: string | null = null;
  let expiresAt = 0;
  let renewal: Promise<SignedIn | null> | null = null;
  const listeners = new Set<(message: AccessMessage) => void>();

  const tell = (message: AccessMessage) => {
    for (const listener of listeners) listener(message);
  };

  outside.channel.onmessage = (event: MessageEvent<AccessMessage>) => {
    token = null;
    tell(event.data);
  };

  function accept(answer: SignedIn) {
    token = answer.access_token;
    expiresAt = outside.now() + answer.expires_in * 1000;
  }

  async function renew(): Promise<SignedIn | null> {
    return outside.lock(async () => {
      let response: Response;
      try {
        response = await outside.fetch(
          new Request(new URL("/api/auth/refresh", outside.origin), {
            method: "POST",
            credentials: "same-origin",
          }),
        );
      } catch (cause) {
        throw new UnreachableError(cause);
      }
      const body: unknown = await response.json().catch(() => null);
      if (response.ok) {
        accept(body as SignedIn);
        return body as SignedIn;
      }
      // Only a clear refusal ends the sign-in; a failing server must not throw anybody out.
      if (response.status === 401 || response.status === 403 || response.status === 400) return null;
      throw problemFrom(body, response);
    });
  }

  /** Asks for a new access token; null when nobody is signed in any more. */
  function refresh(): Promise<SignedIn | null> {
    renewal ??= renew()
      .then((answer) => {
        if (!answer) {
          const was = token;
          token = null;
          if (was) tell({ type: "signed-out" });
        }
        return answer;
      })
      .finally(() => {
        renewal = null;
      });
    return renewal;
  }

  async function authorized(request: Request): Promise<Response> {
    const send = (copy: Request) => {
      if (token) copy.headers.set("Authorization", `Bearer ${token}`);
      return outside.fetch(copy).catch((cause: unknown) => {
        if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
        throw new UnreachableError(cause);
      });
    };
    if (!token) return send(request);
    if (outside.now() > expiresAt - EARLY_MS) await refresh();
    const again = request.clone();
    const used = token;
    const response = await send(request);
    if (response.status !== 401 || !used) return response;
    // Another call may have renewed the token while this one was on its way.
    const renewed = token !== null && token !== used ? true : (await refresh()) !== null;
    return renewed ? send(again) : response;
  }

  return {
    refresh,
    authorized,
    accept,
    /** Forgets the token, here and in every other tab. */
    signOut() {
      token = null;
      outside.channel.postMessage({ type: "signed-out" } satisfies AccessMessage);
    },
    /** Takes a token for another workspace; other tabs hold one for the old workspace and start over. */
    switched(answer: SignedIn) {
      accept(answer);
      outside.channel.postMessage({ type: "switched" } satisfies AccessMessage);
    },
    /** Hears when the sign-in ends or changes by something other than this tab's own doing. */
    listen(listener: (message: AccessMessage) => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    get signedIn() {
      return token !== null;
    },
  };
}

/** The holder of the sign-in. */
export type Access = ReturnType<typeof createAccess>;

function browserLock(): Lock {
  // Web Locks exist only in secure contexts; plain http on a name other than localhost has none.
  if (!("locks" in navigator)) return (work) => work();
  return async (work) => await navigator.locks.request("millrace-refresh", work);
}

/** The sign-in of this tab. */
export const access = createAccess({
  fetch: (request) => fetch(request),
  lock: browserLock(),
  channel: new BroadcastChannel("millrace-access"),
  now: () => Date.now(),
  origin: window.location.origin,
});
