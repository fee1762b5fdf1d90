export type { EchoFacts } from "./echoes/echoes.ts";
export { sync } from "./sync.ts";
export type {
  SyncContext,
  SyncCreate,
  SyncCreated,
  SyncCreating,
  SyncCursorKind,
  SyncDeletes,
  SyncDirection,
  SyncDrift,
  SyncFields,
  SyncMode,
  SyncOptions,
  SyncPage,
  SyncReadInput,
  SyncRemove,
  SyncReport,
  SyncSend,
  SyncSendDeletes,
  SyncSending,
  SyncSent,
  SyncSource,
  SyncTable,
  SyncWrite,
} from "./sync-options.ts";
export type { PlatformRecord, PlatformSide } from "./two-way/platform-side.ts";
export { type PlatformTableOptions, platformTable } from "./two-way/platform-table.ts";
