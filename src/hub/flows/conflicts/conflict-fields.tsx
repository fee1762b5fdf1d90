"use client";

import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import type { ConflictRecord } from "../../../contract/index.ts";
import { HubLink } from "../../routing/hub-link.tsx";
import { chosenSide, mayChoose } from "./conflict-choice.ts";
import { FieldValue } from "./field-value.tsx";
import { SideButton } from "./side-button.tsx";
import { useResolve } from "./use-resolve.ts";

/** Record, field, what was agreed, and both sides. */
export const CONFLICT_GRID =
  "grid grid-cols-[minmax(0,1fr)_104px_minmax(0,0.8fr)_minmax(0,1.3fr)_minmax(0,1.3fr)] items-center gap-x-3 gap-y-1.5 @max-[680px]:grid-cols-2";

/** The fields of one record that both sides changed; pressing a value makes it count. */
export function ConflictFields({ conflict, open }: { conflict: ConflictRecord; open: boolean }) {
  const t = useTranslations("flows.conflicts");
  const { pending, choose } = useResolve(conflict);
  const blocked = mayChoose(conflict) ? undefined : t("deleted");
  return (
    <li
      className={cn("border-b px-3 py-1.5 last:border-b-0", open && "bg-accent shadow-[inset_2px_0_0_var(--primary)]")}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: not a form: each press acts. */}
      <div role="group" aria-label={t("of", { record: conflict.key })} className={CONFLICT_GRID}>
        {conflict.fields.map((field, index) => {
          const chosen = chosenSide(conflict, field);
          return (
            <div key={field.field} className="contents">
              <span className="min-w-0 truncate @max-[680px]:pt-1">
                {(index === 0 || undefined) && (
                  <HubLink
                    to={`/flows/conflicts/${conflict.id}`}
                    className="rounded-xs font-mono text-xs hover:text-primary-text hover:underline"
                  >
                    {conflict.key}
                  </HubLink>
                )}
              </span>
              <span className="truncate font-mono text-xs text-muted-foreground" title={field.field}>
                {field.field}
              </span>
              <span className="min-w-0 truncate text-muted-foreground @max-[680px]:hidden">
                <FieldValue value={field.base} />
              </span>
              <SideButton
                side={conflict.plug}
                field={field.field}
                value={conflict.source === null ? null : field.source}
                at={conflict.sourceUpdatedAt}
                chosen={chosen === "source"}
                pending={pending}
                blocked={blocked}
                onChoose={() => choose(field, "source")}
              />
              <SideButton
                side={t("here")}
                field={field.field}
                value={conflict.platform === null ? null : field.platform}
                at={conflict.platformUpdatedAt}
                chosen={chosen === "platform"}
                pending={pending}
                blocked={blocked}
                onChoose={() => choose(field, "platform")}
              />
            </div>
          );
        })}
        {conflict.fields.length === 0 && (
          <>
            <HubLink
              to={`/flows/conflicts/${conflict.id}`}
              className="truncate rounded-xs font-mono text-xs hover:text-primary-text hover:underline"
            >
              {conflict.key}
            </HubLink>
            <span className="text-muted-foreground @max-[680px]:col-span-1 sm:col-span-4">{t("deletedShort")}</span>
          </>
        )}
      </div>
    </li>
  );
}
