import { randomBytes } from "node:crypto";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ClusterFolder, giveTo } from "./cluster-folder.ts";

/** Modest enough for a laptop, and nothing that could lose a commit. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  // TCP only: socket paths are limited to about 100 characters and every machine keeps them elsewhere.
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "8MB",
  maintenance_work_mem: "64MB",
  wal_compression: "on",
  max_wal_size: "2GB",
  min_wal_size: "128MB",
  checkpoint_completion_target: "0.9",
  fsync: "on",
  synchronous_commit: "on",
  log_line_prefix: "%m [%p] ",
  log_timezone: "UTC",
  timezone: "UTC",
  // A client that was killed must not keep its locks while the network notices.
  tcp_keepalives_idle: "30",
  ...(process.platform !== "win32" && { client_connection_check_interval: "5s" }),
};

/** Writes `khotan.conf` into the cluster; called before each start, so that an upgrade of ours reaches old clusters. */
export const writeSettings = async (
  folder: ClusterFolder,
  port: number,
  overrides: Readonly<Record<string, string>>,
): Promise<void> => {
  const lines = Object.entries({ ...SETTINGS, ...overrides, port: String(port) }).map(
    ([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`,
  );
  const temporary = join(folder.cluster, `khotan.conf.${randomBytes(4).toString("hex")}`);
  await writeFile(
    temporary,
    `# Written by Khotan before each start. Your own settings belong into postgresql.conf, below the include.\n${lines.join("\n")}\n`,
    {
      mode: 0o600,
    },
  );
  await giveTo(folder.owner, temporary);
  await rename(temporary, join(folder.cluster, "khotan.conf"));
};
