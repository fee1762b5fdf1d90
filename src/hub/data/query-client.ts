import { QueryCache, QueryClient } from "@tanstack/react-query";
import { KhotanApiError } from "../../client/index.ts";

/**
 * One cache for the Hub. Changes are pushed, so nothing is asked again because time passed or a window
 * got the focus; an answer older than ten seconds is refreshed when its room is entered.
 */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof KhotanApiError && error.status === 401) onSignedOut();
      },
    }),
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
}

/** Errors that may be gone a moment later. */
const isPassing = (error: unknown): boolean =>
  error instanceof KhotanApiError && (error.status === 0 || error.status === 503 || error.status === 502);
