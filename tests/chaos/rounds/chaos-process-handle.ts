import type { StatementProxy } from "../../support/statement-proxy.ts";
import type { Point } from "./chaos-plugs.ts";

/** One of the processes that play. */
export interface ChaosProcess {
  readonly url: string;
  /** Its wire to the database. */
  readonly wire: StatementProxy;
  readonly alive: boolean;
  /** Resolves when it has ended, by itself or not. */
  readonly gone: Promise<void>;
  /** It ends itself when it comes by there, after `skip` times. Only the engine's own processes know such places. */
  dieAt(point: Point, skip: number): void;
  stepClock(byMs: number): void;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** What it said of late. */
  complaints(): string;
  /** It ended though nobody killed it. */
  fellOver(): boolean;
}
