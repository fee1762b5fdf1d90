import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Milliseconds of processor time a process has used so far, with the children it has buried; 0 when it is gone. */
async function used(pid: string): Promise<{ readonly ms: number; readonly parent: string }> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [parent = "", ...rest] = fields.slice(1);
  // utime, stime, cutime, cstime are fields 14 to 17; the clock ticks a hundred times a second on Linux.
  const ticks = rest.slice(9, 13).reduce((sum, value) => sum + Number(value), 0);
  return { ms: ticks * 10, parent };
}

export interface CpuMs {
  readonly server: number;
  readonly postgres: number;
}

/**
 * Processor time of a server and of the Postgres it uses, in milliseconds. What a machine that is busy with other things
 * does not change much: how long a webhook takes depends on who else wants the processor, what it costs does not.
 */
export async function cpuMs(serverPid: number, dataDir: string): Promise<CpuMs> {
  const [postmaster = ""] = (await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8")).split("\n");
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(pids.map(async (pid) => ({ pid, ...(await used(pid)) })));
  const sum = (of: typeof all) => of.reduce((total, { ms }) => total + ms, 0);
  return {
    server: sum(all.filter(({ pid }) => pid === String(serverPid))),
    postgres: sum(all.filter(({ pid, parent }) => pid === postmaster || parent === postmaster)),
  };
}
