import { z } from "zod";
import { CHANGE_TOPICS } from "../../contract/index.ts";

/** The one NOTIFY channel. */
export const CHANNEL = "khotan";

/**
 * What travels by NOTIFY: a topic and one id, never lists (a payload ends at
 * 8,000 bytes, and exceeding it would abort the transaction).
 */
export const changeMessageSchema = z.object({
  /** A changed table; `cancel` asks the process that runs it to stop a run; `log` says a run has new lines; `limits` that a limit has news. `workflow` that a run's Workflow run has ended, `due` that runs of flows wait to be claimed, or schedules changed. */
  t: z.enum([...CHANGE_TOPICS, "cancel", "log", "limits", "workflow", "due"]),
  /** Database id; of `limits` it is `plug/tenant`. */
  id: z.string().nullable(),
});
export type ChangeMessage = z.infer<typeof changeMessageSchema>;
export type ChangeMessageTopic = ChangeMessage["t"];
