import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { BatchSpanProcessor, type ReadableSpan, TraceIdRatioBasedSampler } from "@opentelemetry/sdk-trace-base";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, eventually, type TestHub } from "../../../tests/support/hub.ts";
import { encodeId, newUuid } from "../../contract/index.ts";
import { readEvent } from "../events/read-event.ts";
import { receiveWebhook } from "../events/receive-webhook.ts";
import {
  catchEvent,
  githubSignature,
  type HandlerContext,
  none,
  plug,
  type TraceparentOption,
  wire,
} from "../index.ts";
import { readRun } from "../runs/read-run.ts";
import { connectWire } from "../wires/connect-wire.ts";
import { recordSpans, type SpanRecorder } from "./testing/record-spans.ts";

const admin = { id: "tester", role: "admin", tenants: "*" } as const;
const SECRET = "a-shared-secret";
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const INCOMING = `00-${TRACE}-00f067aa0ba902b7-01`;

let database: TestDatabase;
let hub: TestHub;
let api: Server;
let recorder: SpanRecorder | null = null;
const heard: IncomingHttpHeaders[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  heard.length = 0;
  api = createServer((request, response) => {
    heard.push(request.headers);
    response.statusCode = request.url === "/broken" ? 503 : 200;
    response.end("{}");
  });
  await new Promise<void>((listening) => api.listen(0, "127.0.0.1", listening));
});
afterEach(async () => {
  await hub.stop();
  await recorder?.stop();
  recorder = null;
  api.close();
  await database.drop();
});

async function start(run: (ctx: HandlerContext) => Promise<unknown>, traceparent?: TraceparentOption) {
  const { port } = api.address() as AddressInfo;
  const source = plug({ name: "source", baseUrl: `http://127.0.0.1:${port}`, auth: none(), retry: false, traceparent });
  const verify = githubSignature();
  const catches = [catchEvent({ name: "copy", retry: { attempts: 1 }, run })];
  hub = createTestHub(database.url, { plugs: [{ plug: source, wires: [wire({ verify })], catches }] });
  await hub.runtime.ready();
  const wanted = { plug: "source", tenant: "default", vars: { webhookSecret: SECRET } };
  await connectWire(hub.engine, { ...wanted, origin: "http://hub.test", actor: admin });
  await hub.runtime.start();
}

/** Send an event and wait until its delivery is over. */
async function deliver(headers: Record<string, string> = {}): Promise<{ id: string; runId: string; status: string }> {
  const request = {
    method: "POST",
    url: "http://hub.test/webhook/source",
    headers: {
      "content-type": "application/json",
      "x-github-event": "push",
      "x-github-delivery": newUuid(),
      ...headers,
    },
    body: new TextEncoder().encode("{}"),
  };
  const signed = githubSignature().sign?.(request, SECRET);
  const outcome = await receiveWebhook(hub.engine, hub.runtime.receiver, {
    ...request,
    headers: { ...request.headers, ...signed?.headers },
    plug: "source",
    tenant: "default",
    path: "/webhook/source",
  });
  if (outcome.kind !== "accepted") throw new Error(JSON.stringify(outcome));
  const [row] = await eventually(
    async () =>
      await hub.sql`select run_id, status from khotan_deliveries where event_id = ${outcome.id} and finished_at is not null`,
    (rows) => rows.length === 1,
  );
  return { id: outcome.id, runId: row?.run_id, status: row?.status };
}

const parentOf = (span: ReadableSpan | undefined) => span?.parentSpanContext?.spanId;
const named = (name: string) => recorder?.spans().find((span) => span.name === name);

describe("with an OpenTelemetry SDK", () => {
  test("receipt, delivery, run and call are one trace, under the sender's own", async () => {
    recorder = recordSpans();
    await start(async (ctx) => {
      await ctx.plug.get("/things");
    });
    const { id, runId } = await deliver({ traceparent: INCOMING, tracestate: "vendor=one" });
    const [receive, delivered, run, get] = ["receive source", "deliver copy", "run copy", "GET"].map(named);
    expect(new Set(recorder.spans().map((span) => span.spanContext().traceId))).toEqual(new Set([TRACE]));
    expect(parentOf(receive)).toBe("00f067aa0ba902b7");
    expect(parentOf(delivered)).toBe(receive?.spanContext().spanId);
    expect(parentOf(run)).toBe(delivered?.spanContext().spanId);
    expect(parentOf(get)).toBe(run?.spanContext().spanId);
    expect(heard[0]?.traceparent).toBe(`00-${TRACE}-${get?.spanContext().spanId}-01`);
    expect(heard[0]?.tracestate).toBe("vendor=one");
    expect(delivered?.attributes).toMatchObject({
      "messaging.message.id": encodeId("event", id),
      "khotan.outcome": "returned",
    });
    expect(run?.attributes["khotan.run.id"]).toBe(encodeId("run", runId));
    expect(get?.attributes).toMatchObject({
      "http.response.status_code": 200,
      "khotan.plug": "source",
      "server.address": "127.0.0.1",
    });
    const [kept] = await hub.sql`select traceparent from khotan_exchanges`;
    expect(kept?.traceparent).toBe(heard[0]?.traceparent);
  });

  test("a span that the handler opens itself lies between its run and its calls", async () => {
    recorder = recordSpans();
    await start(async (ctx) => {
      await trace.getTracer("app").startActiveSpan("mine", async (span) => {
        await ctx.plug.get("/things");
        span.end();
      });
    });
    await deliver();
    expect(parentOf(named("mine"))).toBe(named("run copy")?.spanContext().spanId);
    expect(parentOf(named("GET"))).toBe(named("mine")?.spanContext().spanId);
  });

  test("what fails is marked, without its message", async () => {
    recorder = recordSpans();
    await start(async (ctx) => {
      await ctx.plug.get("/broken");
    });
    expect((await deliver()).status).toBe("dead");
    const [get, run, delivered] = ["GET", "run copy", "deliver copy"].map(named);
    expect(get?.attributes).toMatchObject({ "http.response.status_code": 503, "error.type": "503" });
    expect([get, run, delivered].map((span) => span?.status)).toEqual([{ code: 2 }, { code: 2 }, { code: 2 }]);
    expect(run?.events).toEqual([]);
  });

  test("a trace that is not sampled is passed on as not sampled", async () => {
    recorder = recordSpans({ sampler: new TraceIdRatioBasedSampler(0) });
    await start(async (ctx) => {
      await ctx.plug.get("/things");
    });
    await deliver();
    expect(recorder.spans()).toEqual([]);
    expect(heard[0]?.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });

  test("spans reach a collector that speaks OTLP over HTTP", async () => {
    const collected: { path: string | undefined; body: string }[] = [];
    const collector = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += String(chunk);
      });
      request.on("end", () => {
        collected.push({ path: request.url, body });
        response.setHeader("content-type", "application/json").end("{}");
      });
    });
    await new Promise<void>((listening) => collector.listen(0, "127.0.0.1", listening));
    const { port } = collector.address() as AddressInfo;
    const exporter = new OTLPTraceExporter({ url: `http://127.0.0.1:${port}/v1/traces` });
    recorder = recordSpans({ processors: [new BatchSpanProcessor(exporter)] });
    await start(async () => undefined);
    await deliver();
    await recorder.stop();
    recorder = null;
    collector.close();
    expect(collected.map(({ path }) => path)).toEqual(["/v1/traces"]);
    const names = [...(collected[0]?.body ?? "").matchAll(/"name":"([a-z]+ [a-z]+)"/g)].map(([, name]) => name);
    expect(new Set(names)).toEqual(new Set(["receive source", "run copy", "deliver copy"]));
  });
});

describe("without an SDK", () => {
  test("a trace that an event came with is kept and sent on", async () => {
    await start(async (ctx) => {
      await ctx.plug.get("/things");
    });
    const { id, runId } = await deliver({ traceparent: INCOMING, tracestate: "vendor=one" });
    expect(heard[0]).toMatchObject({ traceparent: INCOMING, tracestate: "vendor=one" });
    expect((await readEvent(hub.engine, admin, encodeId("event", id))).traceparent).toBe(INCOMING);
    expect((await readRun(hub.engine, admin, encodeId("run", runId))).traceparent).toBe(INCOMING);
  });

  test("an event without one has a trace by its own id, which is told to nobody", async () => {
    await start(async (ctx) => {
      await ctx.plug.get("/things");
    });
    const { id, runId } = await deliver();
    const own = new RegExp(`^00-${id.replaceAll("-", "")}-`);
    expect((await readEvent(hub.engine, admin, encodeId("event", id))).traceparent).toMatch(own);
    expect((await readRun(hub.engine, admin, encodeId("run", runId))).traceparent).toMatch(own);
    expect(heard[0]?.traceparent).toBeUndefined();
  });

  test("unless the plug wants it always", async () => {
    await start(async (ctx) => {
      await ctx.plug.get("/things");
    }, "always");
    const { id } = await deliver();
    expect(heard[0]?.traceparent).toMatch(new RegExp(`^00-${id.replaceAll("-", "")}-[0-9a-f]{16}-01$`));
  });

  test("a plug that wants none sends none, and the event keeps its own", async () => {
    await start(async (ctx) => {
      await ctx.plug.get("/things");
    }, false);
    await deliver({ traceparent: INCOMING });
    expect(heard[0]?.traceparent).toBeUndefined();
  });

  test("a header that the handler sets itself wins", async () => {
    await start(async (ctx) => {
      await ctx.plug.get("/things", { headers: { traceparent: "mine" } });
    });
    await deliver({ traceparent: INCOMING, tracestate: "vendor=one" });
    expect(heard[0]).toMatchObject({ traceparent: "mine" });
    expect(heard[0]?.tracestate).toBeUndefined();
  });

  test.each(["garbage", `00-${"0".repeat(32)}-00f067aa0ba902b7-01`])("nonsense is no trace: %s", async (nonsense) => {
    await start(async (ctx) => {
      await ctx.plug.get("/things");
    });
    await deliver({ traceparent: nonsense });
    expect(heard[0]?.traceparent).toBeUndefined();
  });
});
