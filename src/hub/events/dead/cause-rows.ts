import type { DeadLetterGroup } from "../../../contract/index.ts";

/** A group as a row: a cause may have befallen several handlers, so both make its identity. */
export type CauseRow = DeadLetterGroup & { readonly id: string };

export const causeRows = (groups: readonly DeadLetterGroup[]): CauseRow[] =>
  groups.map((group) => ({ ...group, id: `${group.handlerId}.${group.fingerprint}` }));

/** What a redrive of the group goes through: its handler's dead letters of that cause, of the tenant at hand. */
export const redriveFilter = (
  { handlerId, fingerprint }: Pick<DeadLetterGroup, "handlerId" | "fingerprint">,
  tenant: string | null,
) => ({ handler: handlerId, errorFingerprint: fingerprint, ...(tenant ? { tenant } : {}) });

/** How many there are in all; `more` when counting ended somewhere. */
export const sumCauses = (groups: readonly DeadLetterGroup[]): { readonly count: number; readonly more: boolean } => ({
  count: groups.reduce((sum, { count }) => sum + count, 0),
  more: groups.some(({ more }) => more),
});
