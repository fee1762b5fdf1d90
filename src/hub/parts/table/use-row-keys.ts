import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useShortcut } from "../../shell/keys/keys-provider.tsx";
import { markOpenedByEnter } from "../sheet/opened-by.ts";
import { writeClipboard } from "../use-copy.ts";

interface RowKeysOptions<T extends { readonly id: string }> {
  readonly rows: readonly T[];
  readonly openId: string | null;
  readonly onOpen: (row: T) => void;
  readonly scrollTo: (index: number) => void;
  readonly frame: RefObject<HTMLElement | null>;
}

/** `j k ↑ ↓` walk, Home and End jump, Enter and Space open, `c` copies. While a record is open, walking opens the next. */
export function useRowKeys<T extends { readonly id: string }>({
  rows,
  openId,
  onOpen,
  scrollTo,
  frame,
}: RowKeysOptions<T>) {
  const t = useTranslations("parts");
  const [chosen, setChosen] = useState<string | null>(null);
  const known = chosen !== null && rows.some(({ id }) => id === chosen);
  const activeId = known ? chosen : (openId ?? rows[0]?.id ?? null);
  const wanted = useRef<string | null>(null);

  const focusRow = useCallback(
    (id: string) => {
      const element = frame.current?.querySelector<HTMLElement>(`[data-row-id="${id}"]`);
      element?.focus();
      return element !== null && element !== undefined;
    },
    [frame],
  );
  // A row outside the window exists only after the scroll; it is focused when it is there.
  useEffect(() => {
    if (wanted.current !== null && focusRow(wanted.current)) wanted.current = null;
  });

  const go = (index: number) => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (!row) return;
    setChosen(row.id);
    scrollTo(rows.indexOf(row));
    wanted.current = row.id;
    if (openId !== null) onOpen(row);
  };
  const step = (by: number) => {
    const from = rows.findIndex(({ id }) => id === (openId ?? activeId));
    const focused = frame.current?.contains(document.activeElement) ?? false;
    go(from < 0 ? 0 : focused || openId !== null ? from + by : from);
  };
  const active = () => rows.find(({ id }) => id === activeId);

  useShortcut({ keys: "j", label: t("keys.next"), group: "list", run: () => step(1) });
  useShortcut({ keys: "k", label: t("keys.previous"), group: "list", run: () => step(-1) });
  useShortcut({
    keys: "c",
    label: t("keys.copyId"),
    group: "list",
    run: () => void (activeId && writeClipboard(activeId)),
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.tagName !== "TR") return;
    const row = active();
    const moves = new Map<string, () => void>([
      ["ArrowDown", () => step(1)],
      ["ArrowUp", () => step(-1)],
      ["Home", () => go(0)],
      ["End", () => go(rows.length - 1)],
      [
        "Enter",
        () => {
          if (!row) return;
          markOpenedByEnter();
          onOpen(row);
        },
      ],
      [" ", () => row && onOpen(row)],
    ]);
    const move = moves.get(event.key);
    if (!move || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    move();
  };
  return { activeId, setActiveId: setChosen, onKeyDown };
}
