import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { KhotanApiError } from "../../../client/index.ts";
import { useHub } from "../../config.tsx";
import { parseJson } from "../../parts/parse-json.ts";
import { bestFirst, type Sample } from "./best-first.ts";
import { recordsIn } from "./record-paths.ts";

export const SAMPLE_SOURCES = ["call", "event", "typed"] as const;
export type SampleSource = (typeof SAMPLE_SOURCES)[number];

/** Calls and events that are listed, and how many of them are read. */
const LISTED = 24;
const LOOKED_AT = 8;

/**
 * Real records to preview on: from what a plug answered lately, from its events, or typed.
 *
 * @param wanted the fields that are read: records that have most of them come first.
 * @param enabled reading bodies needs an operator.
 */
export function useSamples(
  source: SampleSource,
  plug: string | null,
  tenant: string,
  wanted: readonly string[],
  enabled: boolean,
) {
  const { client } = useHub();
  const [place, setPlace] = useState(0);
  const [typed, setTyped] = useState("");
  const query = useQuery<readonly Sample[], KhotanApiError>({
    queryKey: ["samples", source, plug, tenant],
    enabled: enabled && source !== "typed" && plug !== null,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    meta: { live: "own" },
    queryFn: async ({ signal }) => {
      if (plug === null) return [];
      if (source === "event") {
        const { items } = await client.listEvents({ query: { plug, tenant, limit: LOOKED_AT }, signal });
        const events = await Promise.all(items.map(({ id }) => client.getEvent({ params: { id }, signal })));
        return events.flatMap(({ id, payload }) =>
          typeof payload === "object" && payload !== null ? [{ record: payload, of: id }] : [],
        );
      }
      const { items } = await client.listExchanges({
        query: { plug, tenant, status: "2xx", limit: LISTED },
        signal,
      });
      // What was read is what is mapped; answers to what was written come last.
      const reads = items.toSorted((a, b) => Number(b.method === "GET") - Number(a.method === "GET"));
      const calls = await Promise.all(
        reads.slice(0, LOOKED_AT).map(({ id }) => client.getExchange({ params: { id }, signal })),
      );
      return calls.flatMap(({ id, responseBody }) => {
        if (!responseBody?.text || responseBody.truncated) return [];
        const answer = parseJson(responseBody.text);
        return answer.ok ? recordsIn(answer.value).map((record) => ({ record, of: id })) : [];
      });
    },
  });
  const names = wanted.join(" ");
  const fitting = useMemo(() => bestFirst(query.data ?? [], names.split(" ")), [query.data, names]);
  const read = parseJson(typed);
  const samples: readonly Sample[] =
    source === "typed" ? (read.ok && read.value ? [{ record: read.value, of: null }] : []) : fitting;
  const index = samples.length === 0 ? 0 : place % samples.length;
  return {
    sample: samples[index] ?? null,
    index,
    count: samples.length,
    loading: query.isLoading,
    error: query.error,
    next: () => setPlace(index + 1),
    typed,
    setTyped: (text: string) => setTyped(text),
    problem: source === "typed" && !read.ok ? read.message : null,
  };
}

export type SampleState = ReturnType<typeof useSamples>;
