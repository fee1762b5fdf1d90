import { z } from "zod";
import { CHANGE_TOPICS } from "../topics.ts";

export { CHANGE_TOPICS, type ChangeTopic } from "../topics.ts";

export const changeSchema = z.object({
  topic: z.enum(CHANGE_TOPICS),
  id: z.string().nullable(),
});
export type Change = z.infer<typeof changeSchema>;
