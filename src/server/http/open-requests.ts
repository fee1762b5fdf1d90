import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Knows a server's open connections, so that it can be closed without waiting for those that never end. */
export interface OpenRequests {
  /** Says that this answer is a stream without end. */
  markEndless(response: ServerResponse): void;
  /** Stops accepting, cuts endless streams at once, lets other answers finish for `graceMs`, then cuts what is left. */
  close(graceMs: number): Promise<void>;
}

export const trackOpenRequests = (server: Server): OpenRequests => {
  const sockets = new Set<Socket>();
  const busy = new Map<Socket, ServerResponse>();
  const endless = new WeakSet<ServerResponse>();
  let closing = false;

  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    busy.set(socket, response);
    // Event sources announce themselves; answers that pass through Next cannot be marked.
    if (request.headers.accept?.includes("text/event-stream")) endless.add(response);
    response.once("close", () => {
      busy.delete(socket);
      if (closing) socket.end();
    });
  });

  return {
    markEndless: (response) => void endless.add(response),
    close: (graceMs) =>
      new Promise((resolve) => {
        closing = true;
        const cut = setTimeout(() => {
          for (const socket of sockets) socket.destroy();
        }, graceMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        for (const socket of sockets) {
          const response = busy.get(socket);
          // Idle, or upgraded and therefore without an end of its own.
          if (!response || endless.has(response)) socket.destroy();
        }
      }),
  };
};
