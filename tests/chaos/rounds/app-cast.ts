import { randomUUID } from "node:crypto";
import { z } from "zod";
import { decodeId } from "../../../src/contract/index.ts";
import { standardWebhooks, stripeSignature } from "../../../src/engine/index.ts";
import { API_KEY } from "../../support/run-app.ts";
import type { Cast } from "./cast.ts";
import { expectAccepted, findLeftovers } from "./invariants.ts";
import { asBody, asJson, githubEvent, type Sent, type SentEvent, sendEvent } from "./load.ts";
import { SCENARIOS } from "./scenarios.ts";
import { SANDBOX_SECRET, type Stage, WEBHOOK_SECRET } from "./stage.ts";
import { startAppProcess } from "./start-app-process.ts";

const pushEvent = (body: Buffer, type = "write"): SentEvent => githubEvent("github", type, body, 1);

function sandboxEvent(type: string, order: string, status: number): SentEvent {
  const key = randomUUID();
  const data = { id: order, status: String(status), total: null };
  const body = asBody({ type, timestamp: new Date().toISOString(), data });
  // `order.paid` is kept and forwarded.
  const wanted = type === "order.paid" ? 2 : 1;
  return {
    key,
    type,
    plug: "sandbox",
    body,
    wanted,
    sign: () => signed(standardWebhooks(), body, SANDBOX_SECRET, key),
  };
}

function invoiceEvent(): SentEvent {
  const key = `evt_${randomUUID()}`;
  const object = { id: `in_${randomUUID()}`, status: "paid" };
  const body = asBody({ id: key, created: Math.floor(Date.now() / 1000), type: "invoice.paid", data: { object } });
  const sign = () => signed(stripeSignature(), body, STRIPE_SECRET, key);
  return { key, type: "invoice.paid", plug: "stripe", body, wanted: 1, sign };
}

const STRIPE_SECRET = `whsec_${WEBHOOK_SECRET}`;

function signed(scheme: ReturnType<typeof standardWebhooks>, body: Buffer, secret: string, id: string) {
  const request = { method: "POST", url: "http://hub.test", headers: { "content-type": "application/json" }, body };
  const done = scheme.sign?.(request, secret, { id });
  if (!done) throw new Error("the scheme cannot sign");
  return done.headers;
}

const PUSHES = 24;
const INVOICES = 3;
const ORDERS = 3;
const NEWS = 4;

/** The app as `npm start` starts it: its own server, its own handlers, its own tables. */
export const appCast: Cast = {
  start: startAppProcess,
  credentials: { authorization: `Bearer ${API_KEY}` },
  // The others need places within handlers, flows of their own, or events that the app's handlers rightly refuse.
  scenarios: SCENARIOS.filter(({ name }) => !/in a handler|flow's|poison/.test(name)),
  githubEvent: (type, body) => pushEvent(body, type),
  replays: ({ plug }) => plug === "github",

  async prepare(stage) {
    const connect = (plug: string, vars: Record<string, string>) =>
      stage.insist(`/api/khotan/wires/${plug}`, asJson({ vars }));
    await connect("github", { webhookSecret: WEBHOOK_SECRET });
    await connect("stripe", { webhookSecret: STRIPE_SECRET });
    await connect("sandbox", {});
    // Their schedules would ask the destination for a whole store.
    const { items } = flowsSchema.parse(await (await stage.insist("/api/khotan/flows", () => ({}))).json());
    for (const { id } of items) await stage.insist(`/api/khotan/flows/${id}`, asJson({ enabled: false }, "PATCH"));
  },

  /** By several senders at once; an order's news wait for each answer. */
  async load(stage, sent, random) {
    const singles = random.shuffle([
      ...Array.from({ length: PUSHES }, () => () => pushEvent(asBody({ ref: "refs/heads/main" }))),
      ...Array.from({ length: INVOICES }, () => invoiceEvent),
    ]);
    const sender = async () => {
      for (let make = singles.pop(); make; make = singles.pop()) await sendEvent(stage, sent, make());
    };
    const newsOfOrder = async () => {
      const order = `ord_${randomUUID()}`;
      for (let n = 0; n < NEWS; n++) await sendEvent(stage, sent, sandboxEvent("order.updated", order, n));
      await sendEvent(stage, sent, sandboxEvent("order.paid", order, NEWS));
    };
    await Promise.all([...Array.from({ length: 4 }, sender), ...Array.from({ length: ORDERS }, newsOfOrder)]);
  },

  async findViolations(stage, sent) {
    const wrong: string[] = [];
    const expect = (isSo: boolean, what: string) => {
      if (!isSo) wrong.push(what);
    };
    await expectAccepted(stage, sent, expect);
    await expectEffects(stage, sent, expect);
    return [...wrong, ...(await findLeftovers(stage))];
  },

  /** The app's own schedule waits for five minutes after the second failure. */
  async hurry(stage) {
    const [late] = await stage.sql`
      select 1 from khotan_deliveries where status = 'failed' and next_attempt_at > now() + interval '5 seconds' limit 1`;
    if (late) await stage.insist("/api/khotan/deliveries/retry", asJson({ filter: { status: "failed" } }));
  },
};

const flowsSchema = z.object({ items: z.array(z.object({ id: z.string() })) });
const orderOf = ({ body }: SentEvent) =>
  z.object({ data: z.object({ id: z.string() }) }).parse(JSON.parse(body.toString())).data.id;

/** What the app's handlers wrote and sent. */
async function expectEffects({ sql, destination }: Stage, sent: Sent, expect: (isSo: boolean, what: string) => void) {
  const ids = (plug: string) => sent.events.flatMap((event) => (event.plug === plug && event.id ? [event.id] : []));
  const kept =
    await sql`select event_id as id, times_handled as times from github_activity where event_id = any(${ids("github")})`;
  const times = new Map(kept.map((row) => [row.id, row.times]));
  for (const id of ids("github")) expect(times.get(id) === 1, `a push was kept ${times.get(id) ?? 0} times: ${id}`);
  const again = sent.replayed.flatMap(({ id }) => id ?? []);
  const replayed =
    await sql`select event_id as id, times_handled as times from github_activity where event_id = any(${again})`;
  for (const { id, times } of replayed) expect(times === 2, `a push that was replayed was kept ${times} times: ${id}`);

  // Workflows are given the bare id.
  const invoices = ids("stripe").flatMap((id) => decodeId("event", id) ?? []);
  const lines = await sql`select event_id as id from stripe_invoice_history where event_id = any(${invoices})`;
  expect(lines.length === invoices.length, `${lines.length} lines in the history of ${invoices.length} invoices`);

  const orders = new Map<string, number>();
  for (const event of sent.events)
    if (event.plug === "sandbox") orders.set(orderOf(event), (orders.get(orderOf(event)) ?? 0) + 1);
  for (const [order, news] of orders) {
    const [row] = await sql`select status, times_seen as times from sandbox_orders where id = ${order}`;
    expect(row?.times === news, `an order was written ${row?.times} times for ${news} news`);
    expect(row?.status === String(NEWS), `the last news of an order are ${row?.status}, not ${NEWS}`);
    const keys = [...(destination.keys.get(`Order ${order} was paid.`) ?? [])];
    expect(keys.length === 1, `an order was forwarded with ${keys.length} idempotency keys: ${keys}`);
  }
}
