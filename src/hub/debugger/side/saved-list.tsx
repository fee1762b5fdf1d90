"use client";

import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import type { SavedRequest } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { useApi } from "../../data/use-api.ts";
import { useMay } from "../../data/use-overview.ts";
import { MethodVerb } from "../../parts/exchange/method-verb.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";

const SaveDialog = lazy(async () => ({ default: (await import("./save-dialog.tsx")).SaveDialog }));

interface SavedListProps {
  readonly plug: string;
  readonly onOpen: (saved: SavedRequest) => void;
}

/** One's own saved requests: open, rename, delete (with undo). */
export function SavedList({ plug, onOpen }: SavedListProps) {
  const t = useTranslations("debugger");
  const may = useMay("operator");
  const toast = useToast();
  const queries = useQueryClient();
  const [renaming, setRenaming] = useState<SavedRequest | null>(null);
  const { data, error, refetch } = useApi("listSavedRequests", { params: { plug } }, { enabled: may });
  const reread = () => void queries.invalidateQueries({ queryKey: ["listSavedRequests"] });
  const again = useAction("saveRequest", { onDone: reread });
  const remove = useAction("deleteSavedRequest", { onDone: reread });
  const erase = ({ id, name, request }: SavedRequest) => {
    remove.run({ params: { plug, id } });
    toast.done(t("saved.deleted", { name }), {
      id: `saved:${id}`,
      action: { label: t("saved.undo"), run: () => again.run({ params: { plug }, body: { name, request } }) },
    });
  };
  if (!may) return <p className="px-1.5 py-1 text-xs text-muted-foreground">{t("saved.needsOperator")}</p>;
  if (error && !data) return <ErrorState title={t("saved.failed")} error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  if (data.items.length === 0) return <p className="px-1.5 py-1 text-xs text-muted-foreground">{t("saved.none")}</p>;
  return (
    <>
      <ul aria-label={t("saved.title")}>
        {data.items.map((saved) => (
          <li
            key={saved.id}
            className="group/saved flex items-center rounded-sm hover:bg-accent focus-within:bg-accent"
          >
            <button
              type="button"
              title={saved.request.path ?? saved.request.endpoint}
              onClick={() => onOpen(saved)}
              className="flex h-6.75 min-w-0 flex-1 items-center gap-2 rounded-sm px-1.5 text-left focus-inset small:h-10"
            >
              <MethodVerb method={saved.request.method ?? "GET"} className="w-10.5 shrink-0" />
              <span className="truncate text-xs">{saved.name}</span>
            </button>
            <span className="flex opacity-0 group-focus-within/saved:opacity-100 group-hover/saved:opacity-100 small:opacity-100">
              <Button
                variant="ghost"
                size="icon"
                aria-label={t("saved.rename", { name: saved.name })}
                onClick={() => setRenaming(saved)}
              >
                <Icon name="pencil" className="size-3.5" />
              </Button>
              <Button
                variant="ghost"
                size="icon"
                aria-label={t("saved.delete", { name: saved.name })}
                onClick={() => erase(saved)}
              >
                <Icon name="x" className="size-3.5" />
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {renaming && (
        <Suspense>
          <SaveDialog plug={plug} request={renaming.request} saved={renaming} onClose={() => setRenaming(null)} />
        </Suspense>
      )}
    </>
  );
}
