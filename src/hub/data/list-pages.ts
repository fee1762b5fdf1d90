/** What of a list that is read page by page its table and its error need. */
interface PagedQuery {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isFetchNextPageError: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
  readonly refetch: () => Promise<unknown>;
}

/** How a table reads on. After a page that failed it waits for a person: to try at once again would never end. */
export const morePages = (query: PagedQuery) => ({
  has: query.hasNextPage && !query.isFetchNextPageError,
  loading: query.isFetchingNextPage,
  load: () => void query.fetchNextPage(),
});

/** Try again what failed: the next page alone, or the whole list. */
export const retryPages = (query: PagedQuery): void =>
  void (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch());
