import { sql } from "drizzle-orm";
import { z } from "zod";
import { createFlowHub } from "../../flows/testing/flow-hub.ts";
import { inflow, sync } from "../../index.ts";
import type { SyncCursorKind } from "../sync-options.ts";

/**
 * A process of its own that syncs ten pages of five records from the URL it is given; see `sync-processes.db.test.ts`.
 * It stops, and says so, at the crash point it is told: before a page is written, within its transaction, behind its
 * commit, or before the window ends; there it is killed. A second process has no crash point.
 */
const [url = "", source = "", cursor = "opaque", crashPoint = ""] = process.argv.slice(2);
const kinds: readonly SyncCursorKind[] = ["opaque", "updated_at", "none"];

interface Item {
  readonly id: string;
  readonly page: number;
  readonly at: string;
}

async function standAt(point: string, page: number): Promise<void> {
  if (point !== crashPoint || page !== 4) return;
  process.send?.({ kind: "standing" });
  await new Promise(() => undefined);
}

const copy = inflow({
  name: "copy",
  run: sync({
    token: z.number(),
    async *read({ cursor: from, signal }) {
      for (let page = from ?? 0; page < 10; page++) {
        const answer = await fetch(`${source}?page=${page}`, { signal });
        const items = (await answer.json()) as Item[];
        await standAt("before the page", page);
        yield { items, next: page + 1 };
        await standAt("behind the commit", page);
      }
      await standAt("before the end", 4);
    },
    key: "id",
    updatedAt: "at",
    cursor: kinds.find((kind) => kind === cursor) ?? "opaque",
    mode: "full",
    deletes: "remove",
    maxDeletedShare: 1,
    write: async (batch, tx) => {
      for (const { id, page } of batch) {
        await tx.execute(
          sql`insert into copies (id, page) values (${id}, ${page}) on conflict (id) do update set page = excluded.page`,
        );
      }
      await standAt("within the transaction", batch[0]?.page ?? 0);
      return { created: batch.length };
    },
    remove: async (keys, tx) => {
      await tx.execute(
        sql`delete from copies where id in (select jsonb_array_elements_text(${JSON.stringify(keys)}::text::jsonb))`,
      );
      return keys.length;
    },
  }),
});

const hub = createFlowHub(url, [copy]);
process.on("disconnect", () => process.exit(0));
await hub.runtime.start();
process.send?.({ kind: "ready" });
