"use client";

import { useEffect, useMemo, useRef } from "react";
import type { DebugAnswer, DebugPlugDetail } from "../../contract/index.ts";
import { useApi } from "../data/use-api.ts";
import { useMay } from "../data/use-overview.ts";
import type { Draft } from "./model/draft.ts";
import { draftOfExchange } from "./model/draft-of-exchange.ts";
import { answerOfExchange } from "./response/answer-of-exchange.ts";

interface OpenedDraft {
  readonly draft: Draft;
  readonly endpoint: string | null;
  readonly tenant: string;
}

/**
 * The call that the address names: its request becomes the draft, once, and what was kept of its answer is shown.
 *
 * @param id `null` when none is open.
 */
export function useOpenedExchange(
  plug: DebugPlugDetail,
  id: string | null,
  onDraft: (opened: OpenedDraft) => void,
): { readonly answer: DebugAnswer | null; readonly error: Error | null } {
  const may = useMay("operator");
  const { data, error } = useApi(
    "getExchange",
    { params: { id: id ?? "" } },
    { enabled: may && id !== null, staleTime: Number.POSITIVE_INFINITY },
  );
  const taken = useRef<string | null>(null);
  const latest = useRef(onDraft);
  useEffect(() => {
    latest.current = onDraft;
  });
  useEffect(() => {
    if (id === null) taken.current = null;
    if (!data || data.id !== id || data.plug !== plug.plug || taken.current === id) return;
    taken.current = id;
    const { draft, endpoint } = draftOfExchange(data, plug.baseUrl, plug.endpoints);
    latest.current({ draft, endpoint: endpoint?.name ?? null, tenant: data.tenant });
  }, [data, id, plug]);
  const answer = useMemo(() => (data && data.id === id ? answerOfExchange(data) : null), [data, id]);
  return { answer: id === null ? null : answer, error: id === null ? null : error };
}
