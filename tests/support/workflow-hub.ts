import { newUuid } from "../../src/contract/index.ts";
import { receiveWebhook } from "../../src/engine/events/receive-webhook.ts";
import type { HandlerOptions } from "../../src/engine/handlers/handler.ts";
import { catchEvent, githubSignature, none, plug, type WorkflowContext, wire } from "../../src/engine/index.ts";
import { connectWire } from "../../src/engine/wires/connect-wire.ts";
import { createTestHub, eventually, type TestHub } from "./hub.ts";

const SECRET = "a-shared-secret";
export const tester = { id: "tester", role: "admin", tenants: "*" } as const;

/** A hub with one plug, `source`, and one catch of everything, which is a workflow. */
export async function startWorkflowHub(
  url: string,
  workflow: (ctx: WorkflowContext) => Promise<unknown>,
  options: Partial<HandlerOptions> = {},
): Promise<TestHub> {
  const hub = createTestHub(url, {
    plugs: [
      {
        plug: plug({ name: "source", baseUrl: "https://source.example", auth: none() }),
        wires: [wire({ verify: githubSignature() })],
        catches: [catchEvent({ name: `handler-${newUuid()}`, ...options, workflow })],
      },
    ],
  });
  await hub.runtime.ready();
  await hub.sql`create table if not exists effects (run text, what text)`;
  const vars = { webhookSecret: SECRET };
  await connectWire(hub.engine, { plug: "source", tenant: "default", vars, origin: "http://hub.test", actor: tester });
  await hub.runtime.start();
  return hub;
}

/** Deliver a signed webhook. @returns the event's id. */
export async function sendTo(hub: TestHub, payload: unknown): Promise<string> {
  const request = {
    method: "POST",
    url: "http://hub.test/webhook/source",
    headers: { "content-type": "application/json" },
    body: new TextEncoder().encode(JSON.stringify(payload)),
  };
  const signed = githubSignature().sign?.(request, SECRET);
  if (!signed) throw new Error("the scheme cannot sign");
  const outcome = await receiveWebhook(hub.engine, hub.runtime.receiver, {
    plug: "source",
    tenant: "default",
    path: "/webhook/source",
    ...signed,
    headers: { ...signed.headers, "x-github-event": "push", "x-github-delivery": newUuid() },
  });
  if (outcome.kind !== "accepted") throw new Error(outcome.kind);
  return outcome.id;
}

/** The event's run, with its delivery's and its Workflow run's status. */
export async function runOf(hub: TestHub, eventId: string) {
  const [row] = await hub.sql`
    select r.*, d.status as delivery, d.crashes, d.lease_token as lease, d.lease_until as leased, w.status as world
    from khotan_deliveries d left join khotan_runs r on r.id = d.run_id
    left join workflow.workflow_runs w on w.id = r.workflow_run_id
    where d.event_id = ${eventId}`;
  return row;
}

export const endOf = (hub: TestHub, eventId: string) =>
  eventually(
    () => runOf(hub, eventId),
    (row) => row?.finished_at != null,
  );
