/** What APIs call the parameters and fields of their lists; the likeliest first. */
export const PAGING_NAMES = {
  cursorParams:
    "cursor page_token pageToken next_token nextToken after continuation continuation_token continuationToken page_cursor pageCursor next_cursor nextCursor marker start_cursor bookmark",
  cursors:
    "next_cursor nextCursor next_page_token nextPageToken next_token nextToken cursor cursors.after paging.next.after paging.cursors.after response_metadata.next_cursor meta.next_cursor meta.nextCursor pagination.next_cursor pagination.nextCursor pagination.next page_info.end_cursor pageInfo.endCursor continuation continuationToken continuation_token next_marker marker bookmark next",
  nextUrls:
    "next next_url nextUrl next_page_url nextPageUrl nextLink next_link links.next _links.next.href paging.next meta.next pagination.next_url pagination.next pages.next",
  pageParams: "page page_number pageNumber page[number] p",
  sizeParams: "per_page perPage page_size pageSize page[size] limit size count max_results maxResults pagelen",
  offsetParams: "offset skip start from startAt start_at page[offset]",
  totals:
    "total total_count totalCount total_results totalResults meta.total meta.total_count pagination.total pagination.total_count paging.total page.totalElements metadata.total",
  totalPages:
    "total_pages totalPages last_page meta.total_pages meta.last_page meta.totalPages pagination.total_pages pagination.totalPages page.totalPages",
  hasMores:
    "has_more hasMore has_next_page hasNextPage meta.has_more pagination.has_more page_info.has_next_page pageInfo.hasNextPage",
} as const;

/** @example namesOf("pageParams") // ["page", "page_number", …] */
export const namesOf = (kind: keyof typeof PAGING_NAMES): readonly string[] => PAGING_NAMES[kind].split(" ");
