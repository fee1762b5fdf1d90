import { z } from "zod";
import type { Edit } from "./register.ts";

const fileSchema = z.looseObject({ crons: z.array(z.looseObject({ path: z.string() })).default([]) });

/** Add a schedule to the text of `vercel.json`. */
export function addCron(text: string, cron: { readonly path: string; readonly schedule: string }): Edit {
  let file: z.infer<typeof fileSchema>;
  try {
    file = fileSchema.parse(JSON.parse(text));
  } catch {
    return { state: "manual", why: "it is no JSON with a list of crons" };
  }
  if (file.crons.some(({ path }) => path === cron.path)) return { state: "there" };
  return { state: "done", text: `${JSON.stringify({ ...file, crons: [...file.crons, cron] }, null, 2)}\n` };
}
