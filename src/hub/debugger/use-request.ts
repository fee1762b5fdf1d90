"use client";

import { useMemo } from "react";
import type { DebugEndpoint } from "../../contract/index.ts";
import { createMemory, useMemory } from "./memory.ts";
import { checkDraft, type Draft, newDraft } from "./model/draft.ts";

/** What is being written, per plug, tenant and endpoint: leaving a room does not lose it. */
export const drafts = createMemory<Draft>(100);

export interface RequestState {
  readonly draft: Draft;
  readonly touched: boolean;
  readonly issues: ReturnType<typeof checkDraft>;
  readonly change: (part: Partial<Draft>) => void;
  readonly reset: () => void;
}

/**
 * The request under a key, from its beginning or as it was left.
 *
 * @param begins the endpoint it begins with; `null` for a request by path.
 * @param checkedBy the endpoint that its method and path lead to.
 */
export function useRequest(
  key: string,
  begins: DebugEndpoint | null,
  checkedBy: DebugEndpoint | null,
  free: { readonly method?: string; readonly path?: string },
): RequestState {
  const kept = useMemory(drafts, key);
  const { method, path } = free;
  const fresh = useMemo(
    () => newDraft(begins, { ...(method ? { method } : {}), ...(path ? { path } : {}) }),
    [begins, method, path],
  );
  const draft = kept ?? fresh;
  const issues = useMemo(() => checkDraft(draft, checkedBy), [draft, checkedBy]);
  return {
    draft,
    touched: kept !== undefined,
    issues,
    change: (part) => drafts.set(key, { ...draft, ...part }),
    reset: () => drafts.drop(key),
  };
}
