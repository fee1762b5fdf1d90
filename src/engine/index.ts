/** What an integration is written with. */

export * from "./bulk/index.ts";
export * from "./caches/index.ts";
export type { PlugRegistration } from "./config.ts";
export { defineConfig, type KhotanConfig } from "./define-config.ts";
export { KhotanConfigError, KhotanError } from "./errors.ts";
export * from "./field-mappings/index.ts";
export type { Flow, FlowOptions, FlowTrigger, FlowVariant } from "./flows/flow.ts";
export type { InflowOptions, OutflowOptions, RelayOptions } from "./flows/flow-builder-options.ts";
export type { FlowContext, FlowCursor, FlowStores, FlowWorkflowContext, RelayContext } from "./flows/flow-context.ts";
export type { FlowEnd, FlowHooks, FlowRunResult } from "./flows/flow-result.ts";
export { inflow } from "./flows/inflow.ts";
export { outflow } from "./flows/outflow.ts";
export { relay } from "./flows/relay.ts";
export { type CatchOptions, catchEvent } from "./handlers/catch-event.ts";
export type { ConnectionVars, HandlerContext, PassContext, RunLog, WorkflowContext } from "./handlers/context.ts";
export type { Handler } from "./handlers/handler.ts";
export { PermanentError, RetryLaterError, skip } from "./handlers/outcome.ts";
export { type MappedRequest, type PassOptions, pass } from "./handlers/pass.ts";
export type { EventFacts } from "./handlers/place-event.ts";
export type { RetryPolicy } from "./handlers/retry-policy.ts";
export type { Stores } from "./handlers/stores.ts";
export * from "./import/index.ts";
export * from "./plugs/index.ts";
export * from "./resources/index.ts";
export * from "./security/handshakes/index.ts";
export * from "./security/signatures/index.ts";
export * from "./sync/index.ts";
export {
  type MissedEvent,
  type MissedEvents,
  type Subscription,
  type VerifyContext,
  type Wire,
  type WireContext,
  type WireOptions,
  wire,
} from "./wires/wire.ts";
