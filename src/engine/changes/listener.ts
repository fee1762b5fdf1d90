import postgres from "postgres";
import { CHANNEL, type ChangeMessage, changeMessageSchema } from "./change-message.ts";

export interface Listener {
  /** Be told of every change. @returns how to stop. */
  on(hear: (message: ChangeMessage) => void): () => void;
  /** Be told that messages may have been missed, because the connection was lost and made again. */
  onGap(hear: () => void): () => void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** LISTEN on one connection of its own; it reconnects and listens again by itself. */
export function createListener(url: string, onError: (error: unknown) => void): Listener {
  const hearers = new Set<(message: ChangeMessage) => void>();
  const gapHearers = new Set<() => void>();
  let client: postgres.Sql | null = null;

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

  return {
    on(hearer) {
      hearers.add(hearer);
      return () => void hearers.delete(hearer);
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
        else for (const hearer of gapHearers) hearer();
      });
    },
    async stop() {
      await client?.end({ timeout: 1 });
      client = null;
    },
  };
}
