import { desc, eq } from "drizzle-orm";
import type { SecretKeyRecord, SecretsRecord } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { jobs } from "../database/schema/index.ts";
import { jobRecord } from "../jobs/job-record.ts";
import { countSealed } from "./sealed-records.ts";

/** Which keys seal what is stored, the current one first, and how far the latest re-encryption has come. */
export async function readSecrets(engine: Pick<Engine, "adapter" | "settings" | "secrets">): Promise<SecretsRecord> {
  const { db } = engine.adapter;
  const box = engine.settings.secret ? engine.secrets() : null;
  const [counted, [job]] = await Promise.all([
    countSealed(db),
    db.select().from(jobs).where(eq(jobs.kind, "secrets.reseal")).orderBy(desc(jobs.id)).limit(1),
  ]);
  const keys = [...new Set([...(box?.keyIds ?? []), ...counted.map((row) => row.key_id)])].map(
    (keyId): SecretKeyRecord => {
      const by = (kind: (typeof counted)[number]["kind"]) =>
        counted.find((row) => row.key_id === keyId && row.kind === kind)?.count ?? 0;
      return {
        keyId,
        current: keyId === box?.keyId,
        known: box?.hasKey(keyId) ?? false,
        connections: by("connections"),
        wires: by("wires"),
        channels: by("channels"),
      };
    },
  );
  const outdated = counted.filter((row) => row.key_id !== box?.keyId).reduce((sum, row) => sum + row.count, 0);
  return { configured: box !== null, keys, outdated, job: job ? jobRecord(job) : null };
}
