"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";

interface NextPageProps {
  /** Of the pages so far; the first has none. */
  readonly cursors: readonly (string | undefined)[];
  readonly next: string | null;
  readonly onCursors: (cursors: readonly (string | undefined)[]) => void;
}

/** Page by page; nothing while one page holds all. */
export function NextPage({ cursors, next, onCursors }: NextPageProps) {
  const t = useTranslations("people");
  if (next === null && cursors.length === 1) return null;
  return (
    <div className="flex justify-end gap-1.5 border-t p-2">
      <Button variant="ghost" disabled={cursors.length === 1} onClick={() => onCursors(cursors.slice(0, -1))}>
        {t("previousPage")}
      </Button>
      <Button variant="ghost" disabled={next === null} onClick={() => next !== null && onCursors([...cursors, next])}>
        {t("nextPage")}
      </Button>
    </div>
  );
}
