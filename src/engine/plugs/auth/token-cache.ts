import { z } from "zod";
import type { VarValue } from "../vars/var-definition.ts";

const tokenSchema = z.object({ token: z.string(), expiresAt: z.number().nullable(), madeBy: z.string() });

/** `expiresAt` in epoch milliseconds; `madeBy` tells which credentials it belongs to. */
export type Token = z.infer<typeof tokenSchema>;

/** What one connection knows of its token in this process. */
interface TokenSlot {
  readonly madeBy: string;
  token: Token | null;
  /** The token that a 401 told us not to use again. */
  rejected: string | null;
  pending: Promise<Token> | null;
}

const KEY = Symbol.for("khotan.plugs.tokens");

/** More than these at a time are not worth keeping; the oldest goes. */
const MAX_SLOTS = 10_000;

/** The slot of a connection's credentials. On `globalThis`, because Next evaluates modules twice in one process. */
export function tokenSlot(plug: string, tenant: string, storage: string, madeBy: string): TokenSlot {
  const holder = globalThis as typeof globalThis & { [KEY]?: Map<string, TokenSlot> };
  holder[KEY] ??= new Map();
  const slots = holder[KEY];
  const key = JSON.stringify([plug, tenant, storage, madeBy]);
  let slot = slots.get(key);
  if (!slot) {
    slot = { madeBy, token: null, rejected: null, pending: null };
    slots.set(key, slot);
    const [oldest] = slots.keys();
    if (slots.size > MAX_SLOTS && oldest !== undefined) slots.delete(oldest);
  }
  return slot;
}

export function rememberToken(slot: TokenSlot, token: Token): void {
  slot.token = token;
}

/** The token in memory, or a younger one that another process stored. */
export function rememberedToken(slot: TokenSlot, stored: VarValue | undefined): Token | null {
  const kept = readStored(stored);
  if (kept?.madeBy !== slot.madeBy || kept.token === slot.rejected) return slot.token;
  if (slot.token === null || slot.token.token === slot.rejected) return kept;
  return (kept.expiresAt ?? 0) > (slot.token.expiresAt ?? 0) ? kept : slot.token;
}

/** The other side refused this token: the next call gets another. */
export function rejectToken(slot: TokenSlot, token: string): void {
  slot.rejected = token;
}

function readStored(stored: VarValue | undefined): Token | null {
  if (typeof stored !== "string" || stored === "") return null;
  try {
    return tokenSchema.parse(JSON.parse(stored));
  } catch {
    return null; // written by something else: fetch our own
  }
}
