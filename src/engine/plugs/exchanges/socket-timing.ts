import { subscribe } from "node:diagnostics_channel";
import { Socket } from "node:net";
import type { buildConnector } from "undici";

type Connector = buildConnector.connector;

/** How long opening a connection took, in milliseconds. `null`: that part did not happen (a literal address, no TLS). */
export interface SocketTiming {
  readonly dnsMs: number | null;
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
}

const timings = new WeakMap<object, SocketTiming>();

/** A connector that remembers how long each part took. */
export function timedConnector(connect: Connector): Connector {
  return (options, callback) => {
    const startedAt = performance.now();
    let resolvedAt: number | null = null;
    let connectedAt: number | null = null;
    // undici's connector returns the socket, although its type does not say so. Without it only the whole is known.
    const socket: unknown = connect(options, (...result) => {
      const [, opened] = result;
      if (opened) {
        const now = performance.now();
        const secure = options.protocol === "https:";
        timings.set(opened, {
          dnsMs: resolvedAt === null ? null : resolvedAt - startedAt,
          connectMs: (connectedAt ?? now) - (resolvedAt ?? startedAt),
          tlsMs: secure && connectedAt !== null ? now - connectedAt : null,
        });
      }
      callback(...result);
    });
    if (socket instanceof Socket) {
      socket.once("lookup", () => {
        resolvedAt = performance.now();
      });
      socket.prependOnceListener("connect", () => {
        connectedAt = performance.now();
      });
    }
  };
}

/** The timing of a fresh connection, once: the calls that reuse it did not wait for it. */
export function takeSocketTiming(socket: object): SocketTiming | null {
  const timing = timings.get(socket) ?? null;
  timings.delete(socket);
  return timing;
}

type SocketListener = (socket: object) => void;
let waiting: SocketListener | null = null;
let subscribed = false;

/**
 * Learn which socket the request now being written uses. undici says so on a diagnostics channel within the same turn in
 * which it calls `onRequestStart`, so the next message is ours.
 */
export function onNextSocket(listener: SocketListener): void {
  if (!subscribed) {
    subscribed = true;
    subscribe("undici:client:sendHeaders", (message) => {
      const listen = waiting;
      waiting = null;
      if (listen && hasSocket(message)) listen(message.socket);
    });
  }
  waiting = listener;
}

const hasSocket = (message: unknown): message is { socket: object } =>
  typeof message === "object" && message !== null && "socket" in message && typeof message.socket === "object";
