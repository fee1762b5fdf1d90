import type { LogLevel } from "../../contract/index.ts";
import type { Transaction } from "../database/adapter.ts";
import type { AnyBoundPlug } from "../plugs/index.ts";
import type { Stores } from "./stores.ts";

/** Write a line into the run's log; `log.warn`, `log.error` and `log.debug` set the level. */
export interface RunLog extends Record<LogLevel, (message: string, data?: unknown) => void> {
  (message: string, data?: unknown): void;
}

export type VarValue = string | number | boolean;

/** The variables of one connection, in clear. Never log them. */
export type ConnectionVars = Readonly<Record<string, VarValue | undefined>>;

/**
 * What a handler is given.
 *
 * A handler runs **at least once**: outside calls should carry
 * `idempotencyKey`, and what must happen exactly once belongs into
 * `transaction`. What `cache` and `mapping` write counts at once; within
 * `transaction`, and once that was called, it is part of it.
 */
export interface HandlerContext<Payload = unknown> extends Stores {
  readonly runId: string;
  readonly eventId: string;
  readonly eventType: string;
  /** The parsed body, of the handler's schema if it has one. */
  readonly event: Payload;
  /** The request's headers, lower case, secrets redacted. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, byte for byte. */
  readonly body: Uint8Array;
  readonly receivedAt: Date;
  readonly tenant: string;
  /** The connection the event came through. */
  readonly connection: { readonly plug: string; readonly tenant: string };
  readonly vars: ConnectionVars;
  /** The plug the event came from, with this connection's credentials. */
  readonly plug: AnyBoundPlug;
  /** 1 for the first try. */
  readonly attempt: number;
  /** The same for every attempt of this delivery; send it with outside calls. */
  readonly idempotencyKey: string;
  /** Aborted when the run is cancelled, times out or loses its lease. */
  readonly signal: AbortSignal;
  readonly log: RunLog;
  /** Show how far the run is. Cheap; only the newest value is kept. */
  progress(done: number, total?: number, message?: string): void;
  /**
   * Write to the database so that it commits together with the delivery's
   * success: all calls of one attempt share one transaction, which commits when
   * the handler returns and rolls back when it throws. So the writes happen
   * exactly once, though the handler may run several times. Call it late: the
   * transaction holds a connection until the handler ends.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** What a pass is given: the same, and the destination ready to use. */
export interface PassContext<Payload = unknown> extends HandlerContext<Payload> {
  readonly destPlug: AnyBoundPlug;
  readonly destVars: ConnectionVars;
}

/** What a handler with `workflow` is given. It is serialisable and holds no secret; see `stepContext`. */
export interface WorkflowContext<Payload = unknown> {
  readonly runId: string;
  readonly eventId: string;
  readonly eventType: string;
  /** The parsed body up to 64 KB, else `null`; `stepContext` gives it in any size. */
  readonly event: Payload | null;
  readonly tenant: string;
  readonly idempotencyKey: string;
}
