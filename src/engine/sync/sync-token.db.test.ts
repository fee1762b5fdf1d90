import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { newUuid } from "../../contract/index.ts";
import { createFlowHub, type FlowHub } from "../flows/testing/flow-hub.ts";
import { inflow, sync } from "../index.ts";

let database: TestDatabase;
let hub: FlowHub;
/** Which pages were asked for. */
let asked: (number | undefined)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const pages = inflow({
    name: "pages",
    run: sync({
      token: z.number(),
      read({ cursor }) {
        asked.push(cursor);
        const page = cursor ?? 0;
        return { items: [{ id: `p${page}` }], ...(page < 2 ? { next: page + 1 } : {}) };
      },
      key: "id",
      cursor: "opaque",
      write: async () => ({}),
    }),
  });
  hub = createFlowHub(database.url, [pages]);
  await hub.runtime.start();
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

test.each([
  [1, [1, 2]],
  ["page-1", [undefined, 1, 2]],
])(
  "a window left open at the token %j is gone on with if it fits, else read from its beginning",
  async (token, pages) => {
    const [flow] = await hub.sql`select id from khotan_flows`;
    const now = new Date().toISOString();
    const window = { id: newUuid(), mode: "incremental", startedAt: now, since: null, seen: null, token };
    await hub.sql`
    insert into khotan_flow_cursors (flow_id, tenant, variant, name, value)
    values (${flow?.id}, 'default', '', 'sync', ${JSON.stringify({ watermark: null, window })}::text::jsonb)
    on conflict (flow_id, tenant, variant, name) do update set value = excluded.value
  `;
    asked = [];
    const done = await (await hub.flow("pages").start()).finished();
    expect([done.status, asked]).toEqual(["succeeded", pages]);
  },
);
