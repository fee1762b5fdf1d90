import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { KhotanApiError } from "../../client/index.ts";
import type { ChangeTopic } from "../../contract/index.ts";
import { useLiveTopics } from "./live.tsx";
import { type LoadedPages, prependHead, strayRows, updateRows, waitingRows } from "./merge-head.ts";

type Page<T> = LoadedPages<T>["pages"][number];

interface LiveListOptions<T extends { readonly id: string }> {
  /** Identifies list and filters in the cache. */
  readonly queryKey: readonly unknown[];
  readonly readPage: (cursor: string | undefined, signal?: AbortSignal) => Promise<Page<T>>;
  /** Reads one row again; used for rows that may still change but left the first page. */
  readonly readOne?: (id: string) => Promise<T>;
  readonly isLive: (row: T) => boolean;
  readonly topics: readonly ChangeTopic[];
  /** `false` shows new rows at once (a tail), `true` lets them wait until asked for. */
  readonly hold: boolean;
}

/** How many rows are read one by one after a change. */
const STRAYS = 8;
/** How long a new row is marked. */
const FRESH_MS = 2_000;
const NONE: ReadonlySet<string> = new Set();

/**
 * A list by cursor that stays true without being read anew: after a change only its first page is asked for.
 * Rows on screen update in place, new ones wait behind `show`.
 */
export function useLiveList<T extends { readonly id: string }>(options: LiveListOptions<T>) {
  const { queryKey, readPage } = options;
  const queryClient = useQueryClient();
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const cacheKey = JSON.stringify(queryKey);
  const [head, setHead] = useState<{ key: string; page: Page<T> } | null>(null);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(NONE);
  useEffect(() => {
    if (fresh.size === 0) return;
    const timer = setTimeout(() => setFresh(NONE), FRESH_MS);
    return () => clearTimeout(timer);
  }, [fresh]);

  const query = useInfiniteQuery<Page<T>, KhotanApiError, LoadedPages<T>, readonly unknown[], string | null>({
    queryKey,
    queryFn: ({ pageParam, signal }) => readPage(pageParam ?? undefined, signal),
    initialPageParam: null,
    getNextPageParam: (last) => last.page.next,
    staleTime: Number.POSITIVE_INFINITY,
    meta: { live: "own" },
  });

  const put = useCallback(
    (change: (list: LoadedPages<T>) => LoadedPages<T>) =>
      queryClient.setQueryData<LoadedPages<T>>(latest.current.queryKey, (list) => list && change(list)),
    [queryClient],
  );

  const prepend = useCallback(
    (page: Page<T>) => {
      const list = queryClient.getQueryData<LoadedPages<T>>(latest.current.queryKey);
      if (list) setFresh(new Set(waitingRows(list, page).map(({ id }) => id)));
      put((now) => prependHead(now, page));
      setHead(null);
    },
    [put, queryClient],
  );

  const busy = useRef<"no" | "yes" | "again">("no");
  const refreshHead = useCallback(
    async (showAtOnce = false): Promise<void> => {
      if (document.visibilityState === "hidden") return;
      if (busy.current !== "no") {
        busy.current = "again";
        return;
      }
      busy.current = "yes";
      const { queryKey: key, readPage: read, readOne, isLive, hold } = latest.current;
      try {
        const list = queryClient.getQueryData<LoadedPages<T>>(key);
        if (!list) {
          // It could not be read at all; now it may.
          if (queryClient.getQueryState(key)?.status === "error")
            await queryClient.refetchQueries({ queryKey: key, exact: true });
          return;
        }
        const page = await read(undefined);
        const strays = readOne ? strayRows(list, page, isLive).slice(0, STRAYS) : [];
        const again = await Promise.all(strays.map(({ id }) => readOne?.(id).catch(() => undefined)));
        if (JSON.stringify(latest.current.queryKey) !== JSON.stringify(key)) return;
        put((now) => updateRows(now, [...page.items, ...again.filter((row) => row !== undefined)]));
        if (waitingRows(list, page).length === 0) setHead(null);
        else if (hold && !showAtOnce) setHead({ key: JSON.stringify(key), page });
        else prepend(page);
      } catch {
        // The rows on screen stay; the stream's own state tells that the connection is gone.
      } finally {
        const again = wasCalledAgain(busy);
        busy.current = "no";
        if (again) void refreshHead();
      }
    },
    [queryClient, put, prepend],
  );

  useLiveTopics(options.topics, () => void refreshHead());
  // A list that was left and is entered again may be behind: catch up before anything is read.
  const cached = useRef(queryClient.getQueryData(queryKey) !== undefined);
  useEffect(() => {
    if (cached.current) void refreshHead(true);
  }, [refreshHead]);
  useEffect(() => {
    const wake = () => document.visibilityState === "visible" && void refreshHead();
    document.addEventListener("visibilitychange", wake);
    return () => document.removeEventListener("visibilitychange", wake);
  }, [refreshHead]);

  const waitingPage = head?.key === cacheKey ? head.page : null;
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const waiting = useMemo(
    () => (waitingPage && query.data ? waitingRows(query.data, waitingPage).length : 0),
    [waitingPage, query.data],
  );
  const show = useCallback(() => waitingPage && prepend(waitingPage), [waitingPage, prepend]);
  const { hold } = options;
  useEffect(() => {
    if (!hold) show();
  }, [hold, show]);

  return {
    rows,
    fresh,
    waiting,
    /** More are waiting than one page holds. */
    waitingMore: waitingPage !== null && waiting === waitingPage.items.length,
    show,
    query,
  };
}

/** A function, because TypeScript takes the ref for unchanged across the awaits above. */
const wasCalledAgain = (busy: { readonly current: "no" | "yes" | "again" }): boolean => busy.current === "again";
