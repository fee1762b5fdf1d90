import type { ChaosProcess } from "./chaos-process-handle.ts";
import type { Sent, SentEvent } from "./load.ts";
import type { Random } from "./random.ts";
import type { Scenario } from "./scenarios.ts";
import type { Stage } from "./stage.ts";

/** Who plays the rounds: processes of the engine alone, or the app as `npm start` starts it. */
export interface Cast {
  /** Start one process, with a wire to the database of its own. */
  start(databaseUrl: string, destinationUrl: string): Promise<ChaosProcess>;
  /** Headers that its API wants. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Once, when the first process has started. */
  prepare(stage: Stage): Promise<void>;
  /** One of GitHub's events; `write` ones have an effect. */
  githubEvent(type: "write" | "unwanted" | "unparsable", body: Buffer): SentEvent;
  /** Send some of everything. */
  load(stage: Stage, sent: Sent, random: Random): Promise<void>;
  /** Which of what was sent can be replayed and judged afterwards. */
  replays(event: SentEvent): boolean;
  /** What is not as promised, once nothing is under way any more. */
  findViolations(stage: Stage, sent: Sent): Promise<string[]>;
  /** What an operator would do about retries that are hours away. Asked for every now and then while all drains. */
  hurry?(stage: Stage): Promise<void>;
  readonly scenarios: readonly Scenario[];
}
