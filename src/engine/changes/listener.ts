import postgres from "postgres";
import { WORK_CHANNEL } from "../queue/queue-deliveries.ts";
import { CHANNEL, type ChangeMessage, changeMessageSchema } from "./change-message.ts";

export interface Listener {
  /** Be told of every change. @returns how to stop. */
  on(hear: (message: ChangeMessage) => void): () => void;
  /** Be told that there is new work in the queue. */
  onWork(hear: () => void): () => void;
  /** Be told that messages may have been missed, because the connection was lost and made again. */
  onGap(hear: () => void): () => void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * LISTEN on one connection of its own; it reconnects and listens again by itself. For work it listens once somebody
 * wants to hear of it.
 *
 * @param self what this process itself tells of new work with: whoever is here has heard it already
 */
export function createListener(url: string, self: string, onError: (error: unknown) => void): Listener {
  const hearers = new Set<(message: ChangeMessage) => void>();
  const gapHearers = new Set<() => void>();
  const workHearers = new Set<() => void>();
  let client: postgres.Sql | null = null;
  let hearsWork: postgres.Sql | null = null;

  function hear(payload: string): void {
    let json: unknown;
    try {
      json = JSON.parse(payload);
    } catch {
      return; // somebody else's NOTIFY on our channel
    }
    const message = changeMessageSchema.safeParse(json);
    if (!message.success) return;
    for (const hearer of hearers) {
      try {
        hearer(message.data);
      } catch (error) {
        onError(error);
      }
    }
  }

  const tellWork = (payload: string) => {
    if (payload !== self) for (const hearer of workHearers) hearer();
  };

  /** Ours, and the one by which the queue itself tells its workers. */
  async function listenForWork(of: postgres.Sql): Promise<void> {
    if (hearsWork === of || workHearers.size === 0) return;
    hearsWork = of;
    for (const channel of [WORK_CHANNEL, "jobs:insert"]) await of.listen(channel, tellWork);
    // What came until now was not heard.
    tellWork("");
  }

  return {
    on(hearer) {
      hearers.add(hearer);
      return () => void hearers.delete(hearer);
    },
    onWork(hearer) {
      workHearers.add(hearer);
      if (client) void listenForWork(client).catch(onError);
      return () => void workHearers.delete(hearer);
    },
    onGap(hearer) {
      gapHearers.add(hearer);
      return () => void gapHearers.delete(hearer);
    },
    async start() {
      if (client) return;
      client = postgres(url, { max: 1, onnotice: () => undefined, connection: { application_name: "khotan-listen" } });
      let first = true;
      await client.listen(CHANNEL, hear, () => {
        if (first) first = false;
        else for (const hearer of [...gapHearers, ...workHearers]) hearer();
      });
      await listenForWork(client);
    },
    async stop() {
      await client?.end({ timeout: 1 });
      client = null;
    },
  };
}
