import { spawn } from "node:child_process";

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The variables of a person's terminal, without this run's own: some of the test runner's switch off what is tested. */
export function personsEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of Object.keys(env))
    if (/^(KHOTAN_|DATABASE_URL|PORT|NODE_ENV|VITEST|npm_|(TEST|MODE|DEV|PROD|SSR|BASE_URL)$)/.test(name))
      Reflect.deleteProperty(env, name);
  return { ...env, NEXT_TELEMETRY_DISABLED: "1", ...more };
}

/** Runs a program to its end. */
export const finish = (
  cwd: string,
  [file, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env: personsEnvironment(env), stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, out, err }));
  });

/** As `finish`, for what must go well. @throws Error with all it said */
export async function mustFinish(...args: Parameters<typeof finish>): Promise<Finished> {
  const run = await finish(...args);
  if (run.code === 0) return run;
  throw new Error(`${args[1].join(" ")} ended with ${run.code}:\n${run.out}${run.err}`);
}
