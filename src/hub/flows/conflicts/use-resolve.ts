import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import type { ConflictField, ConflictRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { apiKey } from "../../data/use-api.ts";
import { useToast } from "../../parts/toast/use-toast.ts";
import { choiceBody } from "./conflict-choice.ts";

/** Choose for one field of a conflict. Until the flow's next run writes it, the former choice can be taken back. */
export function useResolve(conflict: ConflictRecord) {
  const t = useTranslations("flows.conflicts");
  const parts = useTranslations("parts");
  const toast = useToast();
  const queryClient = useQueryClient();
  const { id, key } = conflict;
  /** What its fields were to be before the choice. */
  const before = useRef<Record<string, unknown>>({});
  const put = (now: ConflictRecord) => {
    queryClient.setQueryData(apiKey("getConflict", { params: { id } }), now);
    queryClient.setQueriesData<{ readonly items: readonly ConflictRecord[] }>(
      { queryKey: ["listConflicts"] },
      (list) => list && { ...list, items: list.items.map((old) => (old.id === id ? now : old)) },
    );
  };
  const back = useAction("resolveConflict", { onDone: put });
  const action = useAction("resolveConflict", {
    onDone: (now) => {
      put(now);
      const value = before.current;
      toast.done(t("chosen", { record: key }), {
        id: `conflict:${id}`,
        action: { label: parts("undo"), run: () => back.run({ params: { id }, body: { use: "merged", value } }) },
      });
    },
  });
  return {
    pending: action.pending || back.pending,
    choose: (field: ConflictField, side: "source" | "platform" | { readonly value: unknown }) => {
      before.current = Object.fromEntries(
        conflict.fields.map((one) => [one.field, conflict.value?.[one.field] ?? null]),
      );
      action.run({ params: { id }, body: choiceBody(conflict, field, side) });
    },
  };
}
