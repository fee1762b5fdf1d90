import { hkdfSync } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { createSecretBox, type Envelope } from "../../engine/security/secret-box.ts";
import type { AppDatabase } from "../database.ts";
import { authSealed } from "./auth-tables.ts";

const NAME = "session-secret";
const IDENTITY = "auth:session-secret";

interface Secrets {
  readonly secret: string;
  readonly previous?: string | undefined;
}

/**
 * What sessions are signed with: a random value of its own, kept sealed with KHOTAN_SECRET, so that changing
 * KHOTAN_SECRET signs nobody out. It is sealed anew by the first process that starts with the new secret. A hub that
 * has none yet begins with what it derived from KHOTAN_SECRET before, so that this signs nobody out either.
 *
 * When KHOTAN_SECRET was changed without KHOTAN_SECRET_PREVIOUS, it cannot be opened: everybody signs in again, what is
 * stored is left alone, and setting KHOTAN_SECRET_PREVIOUS brings the old sessions back.
 */
export const prepareSessionSecret = async ({ db }: Pick<AppDatabase, "db">, secrets: Secrets): Promise<string> => {
  const box = createSecretBox({ secret: secrets.secret, previous: secrets.previous ?? [] });
  const seal = (value: string) => box.seal(value, IDENTITY);
  const first = deriveSessionSecret(secrets.secret);
  await db
    .insert(authSealed)
    .values({ name: NAME, envelope: seal(first) })
    .onConflictDoNothing();
  const [row] = await db.select().from(authSealed).where(eq(authSealed.name, NAME));
  if (!row) throw new Error("the session secret was not stored");
  if (!box.hasKey(row.envelope.keyId)) {
    console.error(
      `[auth] Sessions were sealed with key ${row.envelope.keyId}, which this process lacks: everybody signs in again. Set KHOTAN_SECRET_PREVIOUS to keep them.`,
    );
    return first;
  }
  const value = box.open(row.envelope, IDENTITY);
  if (row.envelope.keyId !== box.keyId) await replace(db, row.envelope, seal(value));
  return value;
};

/** Only what was read is replaced: of several processes one does it. */
const replace = (db: AppDatabase["db"], old: Envelope, envelope: Envelope) =>
  db
    .update(authSealed)
    .set({ envelope, updatedAt: sql`now()` })
    .where(and(eq(authSealed.name, NAME), sql`${authSealed.envelope} ->> 'nonce' = ${old.nonce}`));

/** A key of its own for sessions, so that nothing signed here opens what KHOTAN_SECRET seals (RFC 5869). */
export const deriveSessionSecret = (secret: string): string => {
  if (secret.length < 32) throw new Error("KHOTAN_SECRET must have at least 32 characters.");
  return Buffer.from(hkdfSync("sha256", secret, "", "khotan/auth/v1", 32)).toString("base64url");
};
