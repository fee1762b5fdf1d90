import { appendFile, chmod, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

const entrySchema = z.object({
  id: z.string(),
  plug: z.string(),
  type: z.string(),
  receivedAt: z.string(),
  url: z.string(),
  status: z.number().describe("0: nobody answered."),
  headers: z.record(z.string(), z.string()),
  body: z.base64(),
});
export type HistoryEntry = z.infer<typeof entrySchema>;

/** Bodies may hold personal data, so the file is its owner's alone. A line each; half a line at the end counts for nothing. */
export async function remember(file: string, entry: HistoryEntry): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
}

/** Oldest first. */
export async function readHistory(file: string): Promise<HistoryEntry[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => {
    try {
      return [entrySchema.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}
