import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "./embedded-postgres-error.ts";

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** `ready`, `starting`, `stopping` …; empty while the file is still being written. */
  readonly status: string;
}

/** What Postgres writes about itself into its data directory, or `undefined` when it is not (or not yet) running. */
export const readPostmaster = async (cluster: string): Promise<Postmaster | undefined> => {
  try {
    return parsePostmaster(await readFile(join(cluster, "postmaster.pid"), "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
};

/** The file's lines: pid, data directory, start time, port, socket directory, listen address, shared memory, status. */
export const parsePostmaster = (text: string): Postmaster | undefined => {
  const lines = text.split("\n");
  // A negative pid marks a single-user server.
  const pid = Math.abs(Number.parseInt(lines[0] ?? "", 10));
  if (!Number.isInteger(pid) || pid === 0) return undefined;
  return { pid, port: Number.parseInt(lines[3] ?? "", 10) || 0, status: (lines[7] ?? "").trim() };
};

/** Is this process the server of this cluster? After `kill -9` or a reboot the number may belong to anybody. */
export const isPostmasterOf = async (pid: number, cluster: string): Promise<boolean> => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === "ESRCH") return false;
  }
  const command = await commandOf(pid);
  return command === undefined || command.includes(cluster);
};

/** `undefined` when the system does not tell: then it is taken for the server, which is the careful answer. */
const commandOf = async (pid: number): Promise<string | undefined> => {
  if (process.platform === "win32") return undefined;
  // A zombie has an empty command line, and a server of another account may be hidden from us: neither is ours.
  if (process.platform === "linux") return readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return new Promise((resolve) => {
    execFile("ps", ["-p", String(pid), "-o", "command="], (error, stdout) => resolve(error ? "" : stdout));
  });
};
