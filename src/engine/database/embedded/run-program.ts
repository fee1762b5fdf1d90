import { spawn } from "node:child_process";
import type { ClusterOwner } from "./cluster-owner.ts";

export interface ProgramResult {
  /** `null` when a signal ended it or it could not be started. */
  readonly code: number | null;
  /** stdout and stderr together, for error messages. */
  readonly output: string;
}

/** Variables that would steer Postgres' own programs (`PGDATA`, `PGOPTIONS` …) or change the language of their messages. */
const environment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))),
  // Named because Next's types require it.
  NODE_ENV: process.env.NODE_ENV,
  LC_ALL: "C",
});

/** Runs a program to its end as the cluster's owner. Never throws: a program that cannot start is a result too. */
export const runProgram = (
  file: string,
  args: readonly string[],
  options: { readonly owner: ClusterOwner | undefined; readonly cwd: string },
): Promise<ProgramResult> =>
  new Promise((resolve) => {
    let output = "";
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: environment(),
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
      ...(options.owner && { uid: options.owner.uid, gid: options.owner.gid }),
    });
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString("utf8")).slice(-20_000);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", (error) => resolve({ code: null, output: `${output}${error.message}` }));
    // "exit", not "close": a postmaster may inherit the pipes and would keep them open.
    child.once("exit", (code) => resolve({ code, output }));
  });
