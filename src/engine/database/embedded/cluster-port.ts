import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";

/** Below the range from which systems lend ports to outgoing connections, so that a restart finds its port free again. */
const FIRST = 20_000;
const COUNT = 10_000;

/** The port this cluster used last; at first one that follows from the folder's path. */
export const rememberedPort = async (file: string, cluster: string): Promise<number> => {
  const remembered = Number.parseInt(await readFile(file, "utf8").catch(() => ""), 10);
  if (remembered > 0 && remembered < 65_536) return remembered;
  return FIRST + (createHash("sha256").update(cluster).digest().readUInt32BE(0) % COUNT);
};

/** The given port when nobody listens on it, else the next free one. */
export const freePortFrom = async (port: number): Promise<number> => {
  for (let step = 0; step < COUNT; step++) {
    const candidate = step === 0 ? port : FIRST + ((port - FIRST + step + COUNT) % COUNT);
    if (await isFree(candidate)) return candidate;
  }
  throw new Error(`No free port between ${FIRST} and ${FIRST + COUNT}`);
};

export const rememberPort = (file: string, port: number): Promise<void> => writeFile(file, `${port}\n`);

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
