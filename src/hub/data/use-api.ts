import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { callByName, type InputFor, type KhotanApiError, type ResultFor } from "../../client/index.ts";
import type { ApiName } from "../../contract/index.ts";
import { useHub } from "../config.tsx";

interface ApiOptions {
  readonly enabled?: boolean;
  /** Keep showing the former answer while another input is on its way. */
  readonly keepPrevious?: boolean;
  readonly staleTime?: number;
}

/** The cache key of a read. Everything that invalidates looks at the first part. */
export const apiKey = <N extends ApiName>(name: N, input: InputFor<N>) => [name, input] as const;

/**
 * Read through the typed client; refreshed when the server announces a change.
 *
 * @example const run = useApi("getRun", { params: { id } });
 */
export function useApi<N extends ApiName>(
  name: N,
  input: InputFor<N>,
  { enabled = true, keepPrevious = false, staleTime }: ApiOptions = {},
): UseQueryResult<ResultFor<N>, KhotanApiError> {
  const { client } = useHub();
  return useQuery<ResultFor<N>, KhotanApiError>({
    queryKey: apiKey(name, input),
    queryFn: ({ signal }) => callByName(client, name, { ...input, signal }),
    enabled,
    ...(staleTime === undefined ? {} : { staleTime }),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}
