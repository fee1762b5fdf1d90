import { EventEmitter, once } from "node:events";
import { access, chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ForkedEmbedded, forkEmbedded } from "../../../../tests/support/fork-embedded.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./index.ts";

describe("startEmbeddedPostgres", () => {
  let dataDir = "";
  const log: string[] = [];
  const running: { stop(): Promise<void> }[] = [];

  const start = async (options: { sharedDir?: string } = {}): Promise<EmbeddedPostgres> => {
    const started = await startEmbeddedPostgres({ dataDir, log: (line) => log.push(line), ...options });
    running.push(started);
    return started;
  };
  const forked = async (): Promise<ForkedEmbedded> => {
    const child = await forkEmbedded(dataDir);
    running.push(child);
    return child;
  };
  const query = async (url: string, text: string): Promise<postgres.Row[]> => {
    const sql = postgres(url, { max: 1, onnotice: () => undefined });
    try {
      return await sql.unsafe(text);
    } finally {
      await sql.end();
    }
  };
  const serverRuns = (): Promise<boolean> =>
    access(join(dataDir, "postgres/postmaster.pid")).then(
      () => true,
      () => false,
    );

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "khotan-embedded-"));
    await chmod(dataDir, 0o711);
    log.length = 0;
  });
  afterEach(async () => {
    for (const one of running.splice(0)) await one.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it("keeps data, password and port from one start to the next", async () => {
    const first = await start();
    await query(first.url, "create table kept as select 42 as answer");
    await first.stop();
    expect(await serverRuns()).toBe(false);
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(second.adopted).toBe(false);
    expect(await query(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
    expect((await stat(join(dataDir, "postgres.password"))).mode & 0o777).toBe(0o600);
  });

  it("loses no commit to a crash", async () => {
    const { url } = await start();
    expect(
      await query(url, "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit')"),
    ).toEqual([
      { name: "fsync", setting: "on" },
      { name: "synchronous_commit", setting: "on" },
    ]);
  });

  it("waits for a server that has made its pid file and not written it yet", async () => {
    const first = await start();
    await first.stop();
    const file = join(dataDir, "postgres/postmaster.pid");
    await writeFile(file, "");
    const starting = start();
    // pg_ctl was heard to refuse the empty file; then the other starter goes away without having started.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await rm(file);
    const second = await starting;
    expect(await query(second.url, "select 1 as answer")).toEqual([{ answer: 1 }]);
  });

  it("clears the empty pid file of a server that died while it was starting", async () => {
    const first = await start();
    await first.stop();
    const file = join(dataDir, "postgres/postmaster.pid");
    await writeFile(file, "");
    await utimes(file, 1_700_000_000, 1_700_000_000);
    const second = await start();
    expect(await query(second.url, "select 1 as answer")).toEqual([{ answer: 1 }]);
    expect(log.join("\n")).toContain("clearing the empty postmaster.pid");
  });

  it("adopts the server that a killed process left running, and stops it in the end", async () => {
    const killed = await forked();
    await query(killed.url, "create table kept as select 42 as answer");
    await killed.kill();
    const next = await start();
    expect(next).toMatchObject({ adopted: true, pid: killed.pid, url: killed.url });
    expect(log.join("\n")).toContain("Adopted the embedded Postgres that a killed process left running");
    expect(await query(next.url, "select answer from kept")).toEqual([{ answer: 42 }]);
    await next.stop();
    expect(await serverRuns()).toBe(false);
  });

  it("recovers when the server was killed too, and says so", async () => {
    const killed = await forked();
    await query(killed.url, "create table kept as select 42 as answer");
    await killed.kill();
    process.kill(killed.pid, "SIGKILL");
    const next = await start();
    expect(next.adopted).toBe(false);
    expect(log.join("\n")).toContain("Postgres was not stopped properly last time");
    expect(await query(next.url, "select answer from kept")).toEqual([{ answer: 42 }]);
  });

  it("is not fooled by a stale pid that now belongs to somebody else", async () => {
    await (await start()).stop();
    const cluster = join(dataDir, "postgres");
    const lines = [process.pid, cluster, 1, 1, "", "127.0.0.1", "1 1", "ready   ", ""];
    await writeFile(join(cluster, "postmaster.pid"), lines.join("\n"));
    const next = await start();
    expect(await query(next.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("is shared by processes that start at once on an empty folder; the last to leave stops it", async () => {
    const three = await Promise.all([forked(), forked(), forked()]);
    expect(new Set(three.map(({ url }) => url)).size).toBe(1);
    expect(new Set(three.map(({ pid }) => pid)).size).toBe(1);
    const [first, second, third] = three;
    await first?.stop();
    await second?.kill();
    expect(await query(third?.url ?? "", "select 1 as one")).toEqual([{ one: 1 }]);
    await third?.stop();
    expect(await serverRuns()).toBe(false);
    expect((await readdir(dataDir)).filter((name) => name.includes("draft"))).toEqual([]);
  });

  it("is stopped when all leave at the same moment", async () => {
    const three = await Promise.all([forked(), forked(), forked()]);
    await Promise.all(three.map((one) => one.stop()));
    expect(await serverRuns()).toBe(false);
  });

  it("starts again for a process that comes while the last one stops it", async () => {
    const leaving = await forked();
    const [, next] = await Promise.all([leaving.stop(), forked()]);
    expect(await query(next.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("moves to another port when its own is taken, and remembers that one", async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(Number(new URL(first.url).port), "127.0.0.1");
    await once(squatter, "listening");
    try {
      const second = await start();
      expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
      expect(log.join("\n")).toMatch(/Port \d+ is taken: Postgres moves to \d+/);
      expect((await readFile(join(dataDir, "postgres.port"), "utf8")).trim()).toBe(new URL(second.url).port);
    } finally {
      squatter.close();
    }
  });

  it("brings a server back that dies while we use it, at the same address", async () => {
    const backAgain = new EventEmitter();
    const started = await startEmbeddedPostgres({
      dataDir,
      log: (line) => line.startsWith("Embedded Postgres runs") && backAgain.emit("runs"),
    });
    running.push(started);
    const before = started.pid;
    const restarted = once(backAgain, "runs");
    process.kill(before, "SIGKILL");
    await restarted;
    expect(started.pid).not.toBe(before);
    expect(await query(started.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("refuses a data folder it cannot use, in one sentence", async () => {
    const file = join(dataDir, "file");
    await writeFile(file, "");
    const attempt = startEmbeddedPostgres({ dataDir: join(file, "data"), log: () => undefined });
    await expect(attempt).rejects.toThrow(/^The data folder .*file\/data .* point KHOTAN_DATA_DIR to a folder/);
  });

  it("refuses a cluster whose password was lost, without touching it", async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, "postgres.password"), "another\n");
    await expect(start()).rejects.toThrow(/does not open the database/);
    expect(await serverRuns()).toBe(false);
  });

  it.runIf(process.getuid?.() === 0)(
    "run by root in a private folder, keeps the cluster where Postgres can reach it",
    async () => {
      await chmod(dataDir, 0o700);
      const sharedDir = await mkdtemp(join(tmpdir(), "khotan-shared-"));
      await chmod(sharedDir, 0o755);
      try {
        const first = await start({ sharedDir });
        expect(log.join("\n")).toContain(`the database is kept in ${sharedDir}`);
        await query(first.url, "create table kept as select 42 as answer");
        await first.stop();
        const second = await start({ sharedDir });
        expect(await query(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
        await second.stop();
      } finally {
        await rm(sharedDir, { recursive: true, force: true });
      }
    },
  );
});
