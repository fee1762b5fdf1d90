import { setTimeout as delay } from "node:timers/promises";
import type { Aim } from "../../support/statement-proxy.ts";
import { POINTS } from "./chaos-plugs.ts";
import type { ChaosProcess } from "./chaos-process-handle.ts";
import { fullDisk } from "./full-disk.ts";
import { fullQueue } from "./full-queue.ts";
import type { Sent } from "./load.ts";
import { poison } from "./poison.ts";
import type { Random } from "./random.ts";
import type { Stage } from "./stage.ts";

/** What one round's trouble has done. */
export interface Toll {
  kills: number;
  restarts: number;
  /** Connections broken. */
  broken: number;
  clockSteps: number;
  refused: number;
  poison: number;
  fullDisks: number;
}

export const newToll = (): Toll => ({
  kills: 0,
  restarts: 0,
  broken: 0,
  clockSteps: 0,
  refused: 0,
  poison: 0,
  fullDisks: 0,
});

export interface Trouble {
  readonly stage: Stage;
  readonly random: Random;
  readonly sent: Sent;
  readonly toll: Toll;
}

export interface Scenario {
  readonly name: string;
  /** It concerns replay jobs, so there is to be one. */
  readonly replays?: boolean;
  /** Make trouble, while the load is being sent; resolves when it is over. */
  strike(trouble: Trouble): Promise<void>;
}

/** When the moment does not come within this time, any moment will do. */
const PATIENCE_MS = 4_000;

const pickProcess = ({ stage, random }: Trouble): ChaosProcess => {
  const [first, ...others] = stage.living();
  if (!first) throw new Error("no process lives");
  return random.pick([first, ...others]);
};

async function kill(trouble: Trouble, victim: ChaosProcess): Promise<void> {
  await victim.kill();
  trouble.toll.kills++;
}

/** Statements in whose middle somebody dies. */
const STATEMENTS: Readonly<Record<string, { readonly statement: RegExp; readonly replays?: boolean }>> = {
  "an event is stored": { statement: /insert into khotan_events/i },
  "deliveries are taken": { statement: /insert into khotan_run_attempts/i },
  "attempts are ended": { statement: /tried as \(\s*update khotan_run_attempts/i },
  "a transaction commits": { statement: /^\s*commit\s*;?\s*$/i },
  "a workflow is created": { statement: /insert into "workflow"\."workflow_runs"/i },
  "a workflow writes its history": { statement: /insert into "workflow"\."workflow_events"/i },
  "a workflow's run is noted": { statement: /set workflow_run_id|workflow_run_id = / },
  "a flow's run is taken": { statement: /update khotan_runs[\s\S]*lease_token/i },
  "a flow's cursor is set": { statement: /insert into khotan_flow_cursors/i },
  "a replay job makes its batch": { statement: /update "?khotan_jobs"?/i, replays: true },
  "a replay job begins": { statement: /insert into "?khotan_jobs"?/i, replays: true },
  "leases are taken back": { statement: /lost as \(\s*select d\.id/i },
};

const atPoints: Scenario[] = POINTS.map((point) => ({
  name: `kill -9 in a handler: ${point}`,
  async strike(trouble) {
    const victim = pickProcess(trouble);
    victim.dieAt(point, trouble.random.between(0, 2));
    await Promise.race([victim.gone, delay(PATIENCE_MS)]);
    await kill(trouble, victim);
  },
}));

const inStatements: Scenario[] = Object.entries(STATEMENTS).flatMap(([what, { statement, replays }]) =>
  (["before", "after"] as const).flatMap((moment) => {
    const aimAt = async (trouble: Trouble, victim: ChaosProcess): Promise<void> => {
      const aim: Aim = { statement, moment, skip: trouble.random.between(0, 2) };
      await Promise.race([victim.wire.strike(aim), victim.gone, delay(PATIENCE_MS)]);
      victim.wire.disarm();
    };
    const when = moment === "before" ? `before it arrives: ${what}` : `before its answer is heard: ${what}`;
    return [
      {
        name: `kill -9 ${when}`,
        replays,
        async strike(trouble: Trouble) {
          const victim = pickProcess(trouble);
          await aimAt(trouble, victim);
          await kill(trouble, victim);
        },
      },
      {
        name: `the connection breaks ${when}`,
        replays,
        async strike(trouble: Trouble) {
          await aimAt(trouble, pickProcess(trouble));
          trouble.toll.broken++;
        },
      },
    ];
  }),
);

const restart = (signal: "SIGINT" | "SIGQUIT"): Scenario => ({
  name: `the database restarts, ${signal === "SIGINT" ? "fast" : "immediate"}`,
  async strike({ stage, random, toll }) {
    await delay(random.between(50, 800));
    const before = stage.database.pid;
    process.kill(before, signal);
    toll.restarts++;
    // Whoever shares it brings it back.
    while (stage.database.pid === before) await delay(20);
  },
});

/** It is put right in the end: with both wrong, nobody could take what is signed with its time. */
async function wrongClock(trouble: Trouble, steps: readonly number[]): Promise<void> {
  const victim = pickProcess(trouble);
  const all = [...steps, -steps.reduce((sum, step) => sum + step, 0)];
  for (const step of all) {
    victim.stepClock(step);
    trouble.toll.clockSteps++;
    await delay(trouble.random.between(200, 1_000));
  }
}

const others: Scenario[] = [
  restart("SIGINT"),
  restart("SIGQUIT"),
  restart("SIGQUIT"),
  {
    name: "kill -9 at any moment",
    async strike(trouble) {
      await delay(trouble.random.between(0, 1_500));
      await kill(trouble, pickProcess(trouble));
    },
  },
  {
    name: "kill -9 of every process",
    async strike(trouble) {
      await delay(trouble.random.between(100, 1_500));
      await Promise.all(trouble.stage.living().map((victim) => kill(trouble, victim)));
      await trouble.stage.fill();
    },
  },
  {
    name: "kill -9 while the database restarts, immediate",
    async strike(trouble) {
      await delay(trouble.random.between(50, 800));
      await Promise.all([restart("SIGQUIT").strike(trouble), kill(trouble, pickProcess(trouble))]);
    },
  },
  {
    name: "every connection breaks, again and again",
    async strike({ stage, random, toll }) {
      for (let time = 0; time < 5; time++) {
        await delay(random.between(50, 400));
        for (const one of stage.living()) toll.broken += one.wire.drop();
      }
    },
  },
  {
    name: "one process is cut off from the database for longer than a lease",
    async strike(trouble) {
      const { wire } = pickProcess(trouble);
      await delay(trouble.random.between(50, 500));
      trouble.toll.broken += wire.drop();
      await wire.cut();
      await delay(trouble.random.between(16_000, 18_000));
      await wire.mend();
    },
  },
  {
    name: "every process is cut off from the database",
    async strike({ stage, random, toll }) {
      await delay(random.between(50, 500));
      const wires = stage.living().map((one) => one.wire);
      for (const wire of wires) toll.broken += wire.drop();
      await Promise.all(wires.map((wire) => wire.cut()));
      await delay(random.between(300, 3_000));
      await Promise.all(wires.map((wire) => wire.mend()));
    },
  },
  {
    name: "the clock of a process steps forward",
    async strike(trouble) {
      await delay(trouble.random.between(50, 500));
      await wrongClock(trouble, [trouble.random.between(60_000, 7_200_000)]);
    },
  },
  {
    name: "the clock of a process steps back and forth",
    async strike(trouble) {
      const { random } = trouble;
      await wrongClock(
        trouble,
        Array.from({ length: 4 }, () => random.between(-7_200_000, 3_600_000)),
      );
    },
  },
  { name: "the queue is full", strike: fullQueue },
  { name: "the disk of the database is full", strike: fullDisk },
  { name: "poison", strike: poison },
  {
    name: "poison, and kill -9",
    async strike(trouble) {
      const poisoning = poison(trouble);
      await delay(trouble.random.between(0, 300));
      await kill(trouble, pickProcess(trouble));
      await poisoning;
    },
  },
];

export const SCENARIOS: readonly Scenario[] = [...atPoints, ...inStatements, ...others];
