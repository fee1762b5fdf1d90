import { z } from "zod";
import { timeSchema } from "../page.ts";

/** Where a sync is: the meaning of the cursor that it keeps. */
export const syncPlaceRecordSchema = z.object({
  watermark: timeSchema.nullable().describe("Everything that changed at the source before this has been read."),
  platform: timeSchema
    .nullable()
    .describe("Both ways: everything that changed on your side before this was looked at."),
  window: z
    .object({ mode: z.enum(["incremental", "full"]), startedAt: timeSchema, since: timeSchema.nullable() })
    .nullable()
    .describe("A window that has begun and not ended; the next run goes on in it."),
});

/** How far a flow is, for one tenant. */
export const flowCursorSchema = z.object({
  tenant: z.string(),
  variant: z.string().describe("Empty: of a flow without variants, or the one that all variants share."),
  name: z.string().describe("Empty: the flow's own; `sync`: the place of a sync."),
  value: z.unknown().describe("As it is stored."),
  sync: syncPlaceRecordSchema.nullable().describe("What it says, when it is a sync's place."),
  runId: z.string().nullable().describe("The run that set it."),
  updatedAt: timeSchema,
});
export type FlowCursorRecord = z.infer<typeof flowCursorSchema>;

export const flowCursorsSchema = z.object({
  tenant: z.string(),
  running: z
    .string()
    .nullable()
    .describe("The run that goes on now and may move them; until it ends they cannot be reset."),
  items: z.array(flowCursorSchema),
});
export type FlowCursorsRecord = z.infer<typeof flowCursorsSchema>;
