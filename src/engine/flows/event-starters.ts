import { decodeId } from "../../contract/index.ts";
import { catchEvent } from "../handlers/catch-event.ts";
import type { Handler } from "../handlers/handler.ts";
import { PermanentError, skip } from "../handlers/outcome.ts";
import type { Registry } from "../registry/registry.ts";
import { checkFlowBody } from "./build-flow-context.ts";
import type { Flow } from "./flow.ts";
import { insertFlowRuns } from "./insert-flow-runs.ts";

/**
 * Catches that start the flows which ask for events with `on`. They are handlers
 * like all others: to be seen, paused and replayed. The run is stored in the
 * transaction that ends the delivery, so an event starts a flow once, whatever
 * dies.
 */
export const eventStarters = (flows: readonly Flow[], registry: () => Pick<Registry, "flows">): Handler[] =>
  flows.flatMap((flow) => (flow.on === null ? [] : [starterOf(flow, flow.on, registry)]));

const starterOf = (flow: Flow, on: NonNullable<Flow["on"]>, registry: () => Pick<Registry, "flows">): Handler =>
  catchEvent({
    name: `start-${flow.name}`.slice(0, 100),
    events: on.events,
    async run(ctx) {
      const live = registry()
        .flows()
        .find((one) => one.definition === flow);
      if (!live) throw new PermanentError("The flow is not registered any more.", { code: "flow_not_found" });
      if (!live.enabled) return skip(`"${flow.name}" is switched off`);
      // Only checked: what is stored is the event as it came, and the run reads it by the schema again.
      checkFlowBody(ctx.event ?? null, flow);
      const [made] = await ctx.transaction((tx) =>
        insertFlowRuns(tx, {
          flow: live,
          variant: on.variant ?? null,
          tenants: [ctx.tenant],
          source: "webhook",
          body: ctx.event,
          actor: null,
          eventId: decodeId("event", ctx.eventId) ?? undefined,
        }),
      );
      return made?.kind === "waiting" ? { started: made.runId } : skip("one waits already, and will see it");
    },
  });
