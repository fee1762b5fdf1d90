import type { QueryClient } from "@tanstack/react-query";

interface Identified {
  readonly id: string;
}

/**
 * Put a record that the server just answered with where a list still shows the old one, so that nothing flips
 * back until the list is read again.
 */
export function putInLists<T extends Identified>(
  queryClient: QueryClient,
  name: "listPlugs" | "listHandlers" | "listFlows" | "listAlertRules",
  record: T,
): void {
  queryClient.setQueriesData<{ readonly items: readonly T[] }>(
    { queryKey: [name] },
    (list) => list && { ...list, items: list.items.map((old) => (old.id === record.id ? record : old)) },
  );
  void queryClient.invalidateQueries({ queryKey: [name] });
}
