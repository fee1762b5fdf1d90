import { createHash } from "node:crypto";
import { eq, getTableColumns, lt, sql } from "drizzle-orm";
import { z } from "zod";
import type { Principal } from "../../contract/index.ts";
import type { Adapter } from "../database/adapter.ts";
import { consents } from "../database/schema/index.ts";
import type { SecretBox } from "../security/secret-box.ts";
import type { ConsentProof } from "./consent-protocol.ts";

export const CONSENT_MS = 10 * 60_000;

/** A consent as it was begun. */
export interface BegunConsent {
  readonly plug: string;
  readonly tenant: string;
  readonly actor: Pick<Principal, "id" | "name">;
  readonly proof: ConsentProof;
  readonly returnTo: string;
}

export interface TakenConsent extends BegunConsent {
  readonly cookieHash: string;
  readonly expired: boolean;
}

const proofSchema = z.object({ state: z.string(), verifier: z.string(), nonce: z.string(), redirectUri: z.string() });

/** Random values of 32 bytes need no salt and no slow hash. */
export const hashOf = (value: string): string => createHash("sha256").update(value).digest("hex");

const identity = (stateHash: string): string => `consent:${stateHash}`;

/** Remember a consent. What has expired goes at the same time. @returns until when it can be finished. */
export async function keepConsent(
  adapter: Adapter,
  box: SecretBox,
  begun: BegunConsent,
  cookieValue: string,
): Promise<Date> {
  const stateHash = hashOf(begun.proof.state);
  await adapter.db.delete(consents).where(lt(consents.expiresAt, sql`now()`));
  const [row] = await adapter.db
    .insert(consents)
    .values({
      stateHash,
      cookieHash: hashOf(cookieValue),
      plug: begun.plug,
      tenant: begun.tenant,
      actorId: begun.actor.id,
      actorName: begun.actor.name ?? null,
      envelope: box.seal(JSON.stringify(begun.proof), identity(stateHash)),
      returnTo: begun.returnTo,
      expiresAt: sql`now() + ${CONSENT_MS} * interval '1 millisecond'`,
    })
    .returning({ expiresAt: consents.expiresAt });
  if (!row) throw new Error("the consent was not stored");
  return row.expiresAt;
}

/** Take a consent out by its state, so that nobody can take it again; `null` when there is none. */
export async function takeConsent(adapter: Adapter, box: SecretBox, state: string): Promise<TakenConsent | null> {
  const stateHash = hashOf(state);
  const [consent] = await adapter.db
    .delete(consents)
    .where(eq(consents.stateHash, stateHash))
    .returning({ ...getTableColumns(consents), expired: sql<boolean>`expires_at < now()` });
  if (!consent) return null;
  return {
    plug: consent.plug,
    tenant: consent.tenant,
    actor: { id: consent.actorId, ...(consent.actorName === null ? {} : { name: consent.actorName }) },
    proof: proofSchema.parse(JSON.parse(box.open(consent.envelope, identity(stateHash)))),
    returnTo: consent.returnTo,
    cookieHash: consent.cookieHash,
    expired: consent.expired,
  };
}
