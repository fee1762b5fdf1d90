import { useCallback, useRef } from "react";
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
  const pushed = useRef(false);

  const open = useCallback(
    (row: { readonly id: string }) => {
      const replace = openId !== null;
      if (!replace) pushed.current = true;
      navigate(`${base}/${row.id}`, { keepQuery: true, replace });
    },
    [base, navigate, openId],
  );
  const close = useCallback(() => {
    if (pushed.current) window.history.back();
    else navigate(base, { keepQuery: true, replace: true });
    pushed.current = false;
  }, [base, navigate]);

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
