import type { KeyboardEvent } from "react";
import { useTranslations } from "use-intl";
import { useShortcut } from "../../shell/keys/keys-provider.tsx";
import type { ListSelection } from "./use-selection.ts";

/**
 * `x` selects the row that has the focus, `Shift x` up to it, Escape lets go of all.
 *
 * @returns what the table does with a key press in it: `⌘A` takes the loaded rows.
 */
export function useSelectionKeys(list: ListSelection | undefined, activeId: string | null) {
  const t = useTranslations("parts");
  const take = (range: boolean) => activeId !== null && list?.toggle(activeId, range);
  useShortcut(list ? { keys: "x", label: t("keys.select"), group: "list", run: () => take(false) } : null);
  useShortcut(list ? { keys: "shift+x", label: t("keys.range"), group: "list", run: () => take(true) } : null);
  useShortcut(
    list && !list.empty ? { keys: "Escape", label: t("keys.clear"), group: "list", run: () => list.clear() } : null,
  );
  return (event: KeyboardEvent) => {
    if (!list || event.key !== "a" || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    list.togglePage();
  };
}
