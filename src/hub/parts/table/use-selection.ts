import { useCallback, useMemo, useState } from "react";
import { isEmpty, NOTHING, type Selection, selectRange, toggleLoaded, toggleRow } from "./selection.ts";

/**
 * The chosen rows of a list. A change of the filter ends the selection; going back to the filter brings it back.
 *
 * @param key the list's filter.
 */
export function useSelection(key: string, rows: readonly { readonly id: string }[]) {
  const [kept, setKept] = useState<{ readonly key: string; readonly selection: Selection }>({
    key,
    selection: NOTHING,
  });
  const selection = kept.key === key ? kept.selection : NOTHING;
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const change = useCallback(
    (to: (selection: Selection) => Selection) =>
      setKept((now) => ({ key, selection: to(now.key === key ? now.selection : NOTHING) })),
    [key],
  );
  const toggle = useCallback(
    (id: string, range: boolean) => change((now) => (range ? selectRange(now, id, ids) : toggleRow(now, id, ids))),
    [change, ids],
  );
  const togglePage = useCallback(() => change((now) => toggleLoaded(now, ids)), [change, ids]);
  const takeAll = useCallback(() => change(() => ({ ...NOTHING, all: true })), [change]);
  const clear = useCallback(() => change(() => NOTHING), [change]);
  return { selection, empty: isEmpty(selection), toggle, togglePage, takeAll, clear };
}

export type ListSelection = ReturnType<typeof useSelection>;
