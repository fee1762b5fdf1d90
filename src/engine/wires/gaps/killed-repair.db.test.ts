import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createTestDatabase } from "../../../../tests/support/database.ts";
import { createGate } from "../../../../tests/support/gate.ts";
import { createHttpHub } from "../../../../tests/support/http-hub.ts";
import { eventually } from "../../../../tests/support/hub.ts";
import { repairPlug } from "../../../../tests/support/repair-plug.ts";
import { json, localServer } from "../../plugs/testing/local-server.ts";

const PAGES = 10;
const PER_PAGE = 100;
const KILLS = 3;
const script = fileURLToPath(new URL("../../../../tests/support/repairing-process.ts", import.meta.url));

test(`a repair that is killed with -9 ${KILLS} times ends with everything there once`, {
  timeout: 120_000,
}, async () => {
  const database = await createTestDatabase();
  let onPage: (page: number) => void = () => undefined;
  const provider = await localServer((request, response) => {
    const page = Number(new URL(request.url, "http://x").searchParams.get("page"));
    onPage(page);
    const events = Array.from({ length: PER_PAGE }, (_, n) => ({ id: `e${(page - 1) * PER_PAGE + n}` }));
    json(response, 200, { events, next: page < PAGES ? page + 1 : null });
  });
  const hub = createHttpHub(database.url, { plugs: [repairPlug(provider.url)], role: "web" });
  const children: ChildProcess[] = [];
  try {
    await hub.khotan.ready(); // accepts and shows; repairs nothing itself
    await hub.send("admin", "POST", "/wires/shop", { body: {} });
    const asked = await hub.send("admin", "POST", "/wires/shop/repair", { body: { since: "2026-01-01T00:00:00Z" } });
    expect(asked.status).toBe(202);

    // Each death is a downtime as well, which opens gaps of its own over the same time.
    for (let kill = 1; kill <= KILLS; kill++) {
      const reached = createGate();
      const at = 2 * kill; // each gets a little further
      onPage = (page) => page === at && reached.open();
      const child = fork(script, [database.url, provider.url], { execArgv: ["--import", "tsx"] });
      children.push(child);
      await reached.opened;
      const gone = once(child, "exit");
      child.kill("SIGKILL"); // in the middle of what that page brings
      await gone;
      const [gap] =
        await hub.sql`select status, lease_until > now() as leased, error from khotan_wire_gaps where reason = 'manual'`;
      expect(gap).toEqual({ status: "running", leased: true, error: null });
      await hub.sql`update khotan_wire_gaps set lease_until = now()`; // 30 s later
    }

    onPage = () => undefined;
    children.push(fork(script, [database.url, provider.url], { execArgv: ["--import", "tsx"] }));
    const gaps = () =>
      hub.sql`select status, found, ingested, duplicates, attempts from khotan_wire_gaps where reason = 'manual'`;
    const [gap] = await eventually(gaps, ([row]) => row?.status === "closed", 60_000);
    const all = PAGES * PER_PAGE;
    expect(gap).toEqual({ status: "closed", found: all, ingested: all, duplicates: 0, attempts: KILLS + 1 });
    const [stored] = await hub.sql`
      select count(*)::int as events, count(distinct dedupe_key)::int as keys, sum(duplicates)::int as repeats,
        (select count(*)::int from khotan_deliveries) as deliveries,
        (select count(distinct event_id)::int from khotan_deliveries) as delivered
      from khotan_events`;
    expect(stored).toEqual({ events: all, keys: all, repeats: 0, deliveries: all, delivered: all });
  } finally {
    for (const child of children) child.kill("SIGKILL");
    await hub.stop();
    await provider[Symbol.asyncDispose]();
    await database.drop();
  }
});
