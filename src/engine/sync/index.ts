export { sync } from "./sync.ts";
export type {
  SyncContext,
  SyncCursorKind,
  SyncDeletes,
  SyncDirection,
  SyncDrift,
  SyncMode,
  SyncOptions,
  SyncPage,
  SyncReadInput,
  SyncReport,
  SyncSend,
  SyncSending,
  SyncSent,
  SyncSource,
  SyncTable,
  SyncWrite,
} from "./sync-options.ts";
export type { PlatformRecord, PlatformSide } from "./two-way/platform-side.ts";
