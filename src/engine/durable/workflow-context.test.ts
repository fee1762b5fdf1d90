import { expect, test } from "vitest";
import { newUuid } from "../../contract/index.ts";
import { MAX_CARRIED_BYTES, workflowContext } from "./workflow-context.ts";

const claimed = (bytes: number) => ({
  id: newUuid(),
  run_id: newUuid(),
  event_id: newUuid(),
  event_type: "invoice.paid",
  tenant: "acme",
  body: new Uint8Array(bytes),
});

test("carries the event up to 64 KB and not beyond", () => {
  expect(workflowContext(claimed(MAX_CARRIED_BYTES), { a: 1 }).event).toEqual({ a: 1 });
  expect(workflowContext(claimed(MAX_CARRIED_BYTES + 1), { a: 1 }).event).toBeNull();
});

test("is plain data, the same for every attempt of a delivery", () => {
  const delivery = claimed(2);
  const ctx = workflowContext(delivery, {});
  expect(JSON.parse(JSON.stringify(ctx))).toEqual(ctx);
  expect(workflowContext({ ...delivery }, {})).toEqual(ctx);
  expect(ctx).toMatchObject({ runId: delivery.run_id, tenant: "acme", idempotencyKey: expect.stringMatching(/^dlv_/) });
});
