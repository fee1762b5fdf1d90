export { createSandbox, type Sandbox, type SandboxOptions } from "./create-sandbox.ts";
export { DEMO_CREDENTIALS, type SandboxCredentials } from "./demo-credentials.ts";
export type { FaultSettings } from "./faults/fault-settings.ts";
export { type RunningSandbox, type StartSandboxOptions, startSandbox } from "./start-sandbox.ts";
export { EVENT_TYPES, type EventType } from "./webhooks/event-types.ts";
