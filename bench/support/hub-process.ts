import { once } from "node:events";
import { z } from "zod";
import { forkSupport } from "./load.ts";

/** `worker.ts` as a process of its own. */
export interface HubProcess {
  readonly port: number;
  /** Milliseconds from the arrival of each event handled since the last call to the start of its handler. */
  lags(): Promise<readonly number[]>;
  stop(): Promise<void>;
}

const portSchema = z.object({ port: z.number() });
const lagsSchema = z.object({ lags: z.array(z.number()) });

export async function startHubProcess(url: string, role: "web" | "worker"): Promise<HubProcess> {
  const child = forkSupport("worker.ts", { DATABASE_URL: url, KHOTAN_ROLE: role }, ["--import", "tsx"]);
  const [hello] = await once(child, "message");
  return {
    port: portSchema.parse(hello).port,
    async lags() {
      child.send("lags");
      const [told] = await once(child, "message");
      return lagsSchema.parse(told).lags;
    },
    async stop() {
      child.send("stop");
      await once(child, "exit");
    },
  };
}
