import { QueryCache, QueryClient } from "@tanstack/react-query";
import { KhotanApiError } from "../../client/index.ts";

/**
 * One cache for the Hub. Changes are pushed, so nothing is asked again because time passed or a window
 * got the focus; an answer older than ten seconds is refreshed when its room is entered.
 * Once a read works that had failed, all others that failed are asked again too: a room of eight regions is
 * brought back by one press of Retry.
 */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const failed = new Set<string>();
  const queryCache = new QueryCache({
    onError: (error, { queryHash }) => {
      if (error instanceof KhotanApiError && error.status === 401) onSignedOut();
      if (isHubs(error)) failed.add(queryHash);
    },
    onSuccess: (_, { queryHash }) => {
      if (!failed.delete(queryHash)) return;
      const others = new Set(failed);
      failed.clear(); // who fails again is noted again
      void queryClient.refetchQueries({
        type: "active",
        predicate: (query) => others.has(query.queryHash) && query.state.status === "error" && !isLongList(query.state),
      });
    },
  });
  const queryClient = new QueryClient({
    queryCache,
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => failures < 2 && isPassing(error),
        retryDelay: (failures) => 400 * 2 ** failures,
      },
      mutations: { retry: false },
    },
  });
  return queryClient;
}

/** The Hub's fault, or nobody answered: not that a record is missing or that someone may not. */
const isHubs = (error: unknown): boolean =>
  error instanceof KhotanApiError && (error.status === 0 || error.status >= 500);

/** Errors that may be gone a moment later. */
const isPassing = (error: unknown): boolean =>
  error instanceof KhotanApiError && (error.status === 0 || error.status === 503 || error.status === 502);

/** Loaded page by page: asking again would read every page of it. Its own Retry reads the one that is missing. */
const isLongList = ({ data }: { readonly data: unknown }): boolean =>
  typeof data === "object" && data !== null && "pageParams" in data;
