import { useCallback, useRef } from "react";
import { usePlace } from "../../routing/place.tsx";
import { useNavigate } from "../../routing/use-navigate.ts";

/**
 * The record that is open beside its list, kept in the path, so that Back closes it and a link opens it.
 *
 * @param base the list's path, e.g. `/events`.
 * @param rows the list as it is loaded, for previous and next.
 */
export function useOpenRecord<T extends { readonly id: string }>(
  base: string,
  openId: string | null,
  rows: readonly T[],
) {
  const navigate = useNavigate();
  const isAlone = usePlace() !== null;
  /** The address we went to when the record was opened; as long as it is still this one, Back leads to the list. */
  const pushed = useRef<string | null>(null);

  const open = useCallback(
    (row: { readonly id: string }) => {
      const replace = openId !== null;
      const mayGoBack = !replace || pushed.current === window.location.href;
      navigate(`${base}/${row.id}`, { keepQuery: true, replace });
      pushed.current = mayGoBack ? window.location.href : null;
    },
    [base, navigate, openId],
  );
  const close = useCallback(() => {
    if (!isAlone && pushed.current === window.location.href) window.history.back();
    else navigate(base, { keepQuery: true, replace: true });
    pushed.current = null;
  }, [base, navigate, isAlone]);

  const index = rows.findIndex(({ id }) => id === openId);
  const before = index > 0 ? rows[index - 1] : undefined;
  const after = index >= 0 ? rows[index + 1] : undefined;
  return {
    open,
    close,
    previous: before && (() => open(before)),
    next: after && (() => open(after)),
  };
}
