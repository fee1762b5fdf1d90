import { z } from "zod";

/** Tables whose changes are announced. A change names the table and the newest id, never rows. */
export const CHANGE_TOPICS = [
  "plugs",
  "connections",
  "wires",
  "handlers",
  "events",
  "deliveries",
  "runs",
  "rejections",
  "exchanges",
  "flows",
  "audit",
  "processes",
] as const;
export type ChangeTopic = (typeof CHANGE_TOPICS)[number];

export const changeSchema = z.object({
  topic: z.enum(CHANGE_TOPICS),
  id: z.string().nullable(),
});
export type Change = z.infer<typeof changeSchema>;
