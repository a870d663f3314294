import type { LiveSocket } from "./machine";

/** Opens the server's socket in the terms of the machine. */
export function openSocket(ticket: string): LiveSocket {
  const address = new URL("/live", window.location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  address.searchParams.set("ticket", ticket);
  const socket = new WebSocket(address);
  const wrapped: LiveSocket = {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => socket.close(),
    onopen: null,
    onmessage: null,
    onclose: null,
  };
  socket.onopen = () => wrapped.onopen?.();
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === "string") wrapped.onmessage?.(data);
  };
  socket.onclose = () => wrapped.onclose?.();
  return wrapped;
}
