import { z } from "zod";
import { CHANGE_TOPICS } from "../../contract/index.ts";

/** The one NOTIFY channel. */
export const CHANNEL = "khotan";

/**
 * What travels by NOTIFY: a topic and one id, never lists (a payload ends at
 * 8,000 bytes, and exceeding it would abort the transaction).
 */
export const changeMessageSchema = z.object({
  /** A changed table; `cancel` asks the process that runs it to stop a run; `log` says a run has new lines; `limits` that a limit has news. `workflow` that a run's Workflow run has ended. */
  t: z.enum([...CHANGE_TOPICS, "cancel", "log", "limits", "workflow"]),
  /** Database id; of `limits` it is `plug/tenant`. */
  id: z.string().nullable(),
});
export type ChangeMessage = z.infer<typeof changeMessageSchema>;
export type ChangeMessageTopic = ChangeMessage["t"];
