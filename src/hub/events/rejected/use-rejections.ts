import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { KhotanApiError, ResultFor } from "../../../client/index.ts";
import { useHub } from "../../config.tsx";
import { useLiveTopics } from "../../data/live.tsx";

type Page = ResultFor<"listRejections">;

/** Refused webhooks. Their number is bounded and they never change, so a change simply reads what is loaded again. */
export function useRejections(filter: { readonly plug: string | null; readonly tenant: string | null }) {
  const { client } = useHub();
  const query = useInfiniteQuery<Page, KhotanApiError, { pages: Page[] }, readonly unknown[], string | null>({
    queryKey: ["rejections", filter],
    queryFn: ({ pageParam, signal }) =>
      client.listRejections({
        query: {
          plug: filter.plug ?? undefined,
          tenant: filter.tenant ?? undefined,
          cursor: pageParam ?? undefined,
          limit: 50,
        },
        signal,
      }),
    initialPageParam: null,
    getNextPageParam: (last) => last.page.next,
  });
  useLiveTopics(["rejections"], () => {
    // Whoever has scrolled far down reads on undisturbed.
    if ((query.data?.pages.length ?? 0) <= 1) void query.refetch();
  });
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  return { rows, query };
}
