import { startEmbeddedPostgres } from "../../src/engine/database/embedded/index.ts";

/** A process of its own that holds an embedded Postgres, driven over IPC; see `fork-embedded.ts`. */
const dataDir = process.argv[2];
if (!dataDir) throw new Error("usage: embedded-process <dataDir>");

const postgres = await startEmbeddedPostgres({ dataDir, log: (line) => process.send?.({ kind: "log", line }) });
process.on("message", async () => {
  await postgres.stop();
  process.disconnect();
});
process.send?.({ kind: "ready", url: postgres.url, adopted: postgres.adopted, pid: postgres.pid });
