import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { readEventStream } from "../../client/read-event-stream.ts";
import { inflow, none, outflow, plug, relay } from "../index.ts";

let database: TestDatabase;
let hub: HttpHub;
/** Each lets the flow `live` take its next step. */
const steps: (() => void)[] = [];
const proceed = async () => {
  await expect.poll(() => steps.length).toBeGreaterThan(0);
  steps.shift()?.();
};
let now = Date.parse("2026-01-01T00:30:00Z");

const shop = plug({ name: "shop", baseUrl: "https://shop.example", auth: none() });
const desk = plug({ name: "desk", baseUrl: "https://desk.example", auth: none() });
const flows = [
  inflow({
    name: "orders",
    resource: "orders",
    timeZone: "Europe/Berlin",
    variants: { delta: { schedule: "0 * * * *" }, full: { schedule: "0 3 * * *" } },
    concurrency: 2,
    run: async (ctx) => ctx.count("extracted", 3),
  }),
  inflow({ name: "fails", retry: { attempts: 1 }, run: () => Promise.reject(new Error("secret-file")) }),
  inflow({
    name: "live",
    body: z.object({ steps: z.number() }),
    run: async (ctx) => {
      for (let done = 1; done <= ctx.body.steps; done++) {
        await new Promise<void>((resolve, reject) => {
          steps.push(resolve);
          ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason));
        });
        ctx.log(`step ${done}`);
        ctx.progress(done, ctx.body.steps);
        await ctx.transaction(async () => ctx.count("created"));
      }
    },
  }),
  relay({ name: "copy", destination: desk, run: async () => undefined }),
];

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, {
    plugs: [
      { plug: shop, flows },
      { plug: desk, flows: [outflow({ name: "copy", run: async () => undefined })] },
    ],
    cronSecret: "cron",
    clock: { now: () => now },
  });
  await hub.khotan.ready();
  for (const tenant of ["acme", "globex"]) {
    await hub.send("admin", "POST", `/variables/shop?tenant=${tenant}`, { body: {} });
  }
});
afterEach(async () => {
  await hub.sql`update khotan_runs set status = 'cancelled', finished_at = now() where status = 'pending'`;
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const idOf = async (name: string, of = "shop") => {
  const { json } = await hub.send("admin", "GET", `/flows?plug=${of}`);
  return json.items.find((flow: { name: string }) => flow.name === name).id;
};
const cron = () => hub.send(null, "POST", "/cron", { headers: { authorization: "Bearer cron" } });

describe("GET /flows", () => {
  test("is protected", async () => {
    for (const path of ["/flows", "/flows/orders"]) {
      expect((await hub.send(null, "GET", path)).status).toBe(401);
      expect((await hub.send("viewer", "GET", path)).status).toBe(200);
    }
  });

  test("lists flows with what is declared and the next five times", async () => {
    const { json } = await hub.send("viewer", "GET", "/flows");
    expect(json.items.map((flow: { plug: string; name: string }) => `${flow.plug}/${flow.name}`)).toEqual([
      "desk/copy",
      "shop/copy",
      "shop/fails",
      "shop/live",
      "shop/orders",
    ]);
    expect(json.items[4]).toMatchObject({
      kind: "inflow",
      resource: "orders",
      variants: ["delta", "full"],
      enabled: true,
      overlap: "skip",
      concurrency: 2,
      execution: "inline",
    });
    expect(json.items[4].bodySchema).toBeNull();
    expect(json.items[3].bodySchema).toMatchObject({
      type: "object",
      properties: { steps: { type: "number" } },
      required: ["steps"],
    });
    const [delta, full] = json.items[4].schedules;
    expect(delta).toMatchObject({ variant: "delta", cron: "0 * * * *", timeZone: "Europe/Berlin", lastFiredAt: null });
    expect(delta.next).toEqual([1, 2, 3, 4, 5].map((hour) => `2026-01-01T0${hour}:00:00.000Z`));
    expect(full.nextAt).toBe("2026-01-01T02:00:00.000Z"); // three in the morning in Berlin
    expect((await hub.send("viewer", "GET", "/flows?kind=relay")).json.items).toHaveLength(1);
    expect((await hub.send("viewer", "GET", "/flows?plug=nope")).json.error.code).toBe("plug_not_found");
  });

  test("names one by id, or by a name that is one plug's alone", async () => {
    expect((await hub.send("viewer", "GET", `/flows/${await idOf("orders")}`)).json.name).toBe("orders");
    expect((await hub.send("viewer", "GET", "/flows/orders")).json.plug).toBe("shop");
    expect((await hub.send("viewer", "GET", "/flows/copy")).json.error.code).toBe("conflict");
    const unknown = await hub.send("viewer", "GET", "/flows/odrers");
    expect([unknown.status, unknown.json.error.code]).toEqual([404, "not_found"]);
    expect(unknown.json.error.hint).toContain("orders");
  });

  test("shows whoever may see some tenants the runs of theirs only", async () => {
    for (const tenant of ["acme", "globex"]) {
      await hub.send("admin", "POST", `/flows/orders/runs?tenant=${tenant}`, { body: { variant: "full" } });
    }
    const tenantsSeenBy = async (who: string) =>
      (await hub.send(who, "GET", "/flows/orders")).json.runs.map((run: { tenant: string }) => run.tenant).sort();
    expect(await tenantsSeenBy("admin")).toEqual(["acme", "globex"]);
    expect(await tenantsSeenBy("acme")).toEqual(["acme"]);
    expect(await tenantsSeenBy("both")).toEqual(["acme", "globex"]);
    expect(await tenantsSeenBy("nothing")).toEqual([]);
  });
});

describe("POST /flows/{id}/runs", () => {
  const start = (name: string, body: unknown, query = "", who = "operator", headers = {}) =>
    hub.send(who, "POST", `/flows/${name}/runs${query}`, { body, headers });

  test("is protected", async () => {
    expect((await hub.send(null, "POST", "/flows/orders/runs", { body: {} })).status).toBe(401);
    expect((await start("orders", { variant: "full" }, "", "viewer")).status).toBe(403);
    expect((await start("orders", { variant: "full" }, "?tenant=globex", "acme")).status).toBe(403);
  });

  test("stores a run and says which; the same Idempotency-Key makes no second one", async () => {
    const headers = { "idempotency-key": "once" };
    const first = await start("orders", { variant: "full" }, "?tenant=acme", "operator", headers);
    const again = await start("orders", { variant: "full" }, "?tenant=acme", "operator", headers);
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(first.json).toMatchObject({ status: "pending", source: "manual", variant: "full", tenant: "acme" });
    expect(again.json.id).toBe(first.json.id);
    const { json } = await hub.send("admin", "GET", "/audit?tenant=acme");
    expect(json.items[0]).toMatchObject({ action: "flow.start", target: "orders", data: { run: first.json.id } });
  });

  test("says what is wrong, and then nothing is stored", async () => {
    const before = await hub.sql`select count(*) from khotan_runs`;
    const codeOf = async (name: string, body: unknown, query = "") => {
      const { status, json } = await start(name, body, query);
      return [status, json.error.code, json.error.hint ?? json.error.issues?.[0]?.path];
    };
    expect(await codeOf("orders", {})).toEqual([422, "variant_required", "It has: delta, full."]);
    expect(await codeOf("orders", { variant: "ful" })).toEqual([422, "variant_unknown", "It has: delta, full."]);
    expect(await codeOf("live", { variant: "x" })).toEqual([422, "variant_unknown", "variant"]);
    expect(await codeOf("live", { body: { steps: "many" } })).toEqual([422, "validation_failed", "body.steps"]);
    expect(await codeOf("fails", { body: "a\u0000b" })).toEqual([422, "validation_failed", "body"]);
    expect((await codeOf("orders", { variant: "full" }, "?tenant=nobody")).slice(0, 2)).toEqual([
      404,
      "tenant_not_found",
    ]);
    expect(await hub.sql`select count(*) from khotan_runs`).toEqual(before);
  });

  test("refuses a second run while one has not ended, naming it", async () => {
    const first = await start("orders", { variant: "full" });
    const second = await start("orders", { variant: "full" });
    expect([second.status, second.json.error.code]).toEqual([409, "flow_running"]);
    expect(second.json.error.message).toContain(first.json.id);
    expect((await start("orders", { variant: "delta" })).status).toBe(202);
  });
});

describe("PATCH /flows/{id}", () => {
  test("is protected", async () => {
    const patch = (who: string | null) => hub.send(who, "PATCH", "/flows/orders", { body: { enabled: true } });
    expect((await patch(null)).status).toBe(401);
    expect((await patch("viewer")).status).toBe(403);
    // It concerns every tenant.
    expect((await patch("acme")).status).toBe(403);
  });

  test("switches a flow and single schedules", async () => {
    const patch = (body: unknown) => hub.send("operator", "PATCH", "/flows/orders", { body });
    const off = await patch({ schedules: [{ variant: "full", enabled: false }] });
    expect(off.json.schedules).toMatchObject([
      { variant: "delta", enabled: true },
      { variant: "full", enabled: false, nextAt: null, next: [] },
    ]);
    expect((await patch({ enabled: false })).json.enabled).toBe(false);
    const refused = await hub.send("operator", "POST", "/flows/orders/runs", { body: { variant: "full" } });
    expect([refused.status, refused.json.error.code]).toEqual([409, "flow_disabled"]);
    const on = await patch({ enabled: true, schedules: [{ variant: "full", enabled: true }] });
    expect(on.json.schedules[1].nextAt).toBe("2026-01-01T02:00:00.000Z");
    expect((await patch({})).status).toBe(422);
    expect((await patch({ schedules: [{ variant: "ful", enabled: true }] })).json.error.code).toBe("variant_unknown");
  });
});

test("POST /cron fires what is due and runs it, for hosts without workers", async () => {
  now = Date.parse("2026-01-01T01:00:00Z");
  const { json } = await cron();
  expect(json).toMatchObject({ fired: 1, flows: 2 });
  const { json: list } = await hub.send("admin", "GET", "/runs?flow=orders&variant=delta&source=scheduled");
  expect(list.items.map((run: Record<string, unknown>) => [run.tenant, run.status, run.counters])).toEqual([
    ["globex", "succeeded", { extracted: 3 }],
    ["acme", "succeeded", { extracted: 3 }],
  ]);
  expect((await hub.send("acme", "GET", "/runs?flow=orders&variant=delta")).json.items).toHaveLength(1);
  expect((await hub.send("admin", "GET", "/runs?flow=orders&variant=nope")).json.items).toEqual([]);
  expect((await cron()).json).toMatchObject({ fired: 0, flows: 0 });
});

describe("while workers run", () => {
  beforeAll(() => hub.khotan.start());

  test("GET /runs/{id}/stream shows each step's line, progress and counters before the next one is taken", async () => {
    const started = await hub.send("operator", "POST", "/flows/live/runs", { body: { body: { steps: 3 } } });
    const abort = new AbortController();
    const answer = await hub.send("viewer", "GET", `/runs/${started.json.id}/stream`, { signal: abort.signal });
    if (!answer.response.body) throw new Error("there is no stream");
    const stream = readEventStream(answer.response.body);
    const seen = async (until: (event: { event: string; data: string }) => boolean) => {
      for (;;) {
        const { value, done } = await stream.next();
        if (done || !value) throw new Error("the stream ended");
        if (until(value)) return JSON.parse(value.data);
      }
    };
    await seen((event) => event.event === "run" && JSON.parse(event.data).status === "running");
    // Each step waits for the test, and the test waits for the stream: what is not told would stand still here.
    for (let step = 1; step <= 3; step++) {
      await proceed();
      const before = performance.now();
      const news = new Set<string>();
      await seen((event) => {
        const data = JSON.parse(event.data);
        if (event.event === "log" && data.message === `step ${step}`) news.add("log");
        if (event.event === "run" && data.progress?.done === step && data.counters.created === step) news.add("run");
        return news.size === 2;
      });
      // Far above the 200 ms it takes at most when the machine is idle, far below the 5 s of the safety look.
      expect(performance.now() - before).toBeLessThan(3_000);
    }
    expect(await seen((event) => event.event === "end")).toEqual({ status: "succeeded" });
    abort.abort();
  });

  test("a run can be cancelled, and retried as a new one that points at it", async () => {
    const started = await hub.send("operator", "POST", "/flows/live/runs", { body: { body: { steps: 1 } } });
    const { id } = started.json;
    const read = async (run: string) => (await hub.send("admin", "GET", `/runs/${run}`)).json;
    await eventually(
      () => read(id),
      (run) => run.status === "running",
    );
    expect((await hub.send("operator", "POST", `/runs/${id}/cancel`)).status).toBe(202);
    await eventually(
      () => read(id),
      (run) => run.status === "cancelled",
    );
    const retried = await hub.send("operator", "POST", `/runs/${id}/retry`);
    expect([retried.status, retried.json.deliveryId]).toEqual([202, null]);
    expect(await read(retried.json.runId)).toMatchObject({ retryOf: id, input: { steps: 1 } });
    expect((await read(id)).retries).toEqual([retried.json.runId]);
    await hub.send("operator", "POST", `/runs/${retried.json.runId}/cancel`);
  });

  test("stack traces of a flow are for operators, not for viewers", async () => {
    const { json } = await hub.send("operator", "POST", "/flows/fails/runs", { body: {} });
    const read = (who: string) => hub.send(who, "GET", `/runs/${json.id}`);
    await eventually(
      () => read("admin"),
      (answer) => answer.json.status === "failed",
    );
    expect((await read("operator")).json.error.stack).toContain("secret-file");
    expect((await read("viewer")).json.error.stack).toBeUndefined();
  });
});
