"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Tag } from "../../../components/ui/tag.tsx";
import type { ConflictField, ConflictRecord } from "../../../contract/index.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { chosenSide, mayChoose } from "./conflict-choice.ts";
import { FieldValue } from "./field-value.tsx";
import { readOwnValue } from "./own-value.ts";
import { SideButton } from "./side-button.tsx";
import { useResolve } from "./use-resolve.ts";

/** One field in conflict: agreed, theirs, ours, or a value of one's own. */
export function FieldChoice({ conflict, field }: { conflict: ConflictRecord; field: ConflictField }) {
  const t = useTranslations("flows.conflicts");
  const id = useId();
  const { pending, choose } = useResolve(conflict);
  const [own, setOwn] = useState<string | null>(null);
  const chosen = chosenSide(conflict, field);
  const able = mayChoose(conflict);
  const blocked = able ? undefined : t("deleted");
  const now = conflict.value?.[field.field];
  const read = readOwnValue(own ?? "", field.source ?? field.platform ?? field.base);
  return (
    // biome-ignore lint/a11y/useSemanticElements: not a form: each press acts.
    <div role="group" aria-labelledby={id} className="flex flex-col gap-1.5">
      <header className="flex items-center gap-2">
        <h3 id={id} className="font-mono text-xs font-medium">
          {field.field}
        </h3>
        <span className="flex min-w-0 flex-1 gap-1.5 text-xs text-muted-foreground">
          {t("agreed")} <FieldValue value={field.base} />
        </span>
        {able && own === null && (
          <Button
            variant="link"
            size="text"
            onClick={() => setOwn(typeof now === "string" ? now : JSON.stringify(now))}
          >
            {t("own")}
          </Button>
        )}
      </header>
      <div className="grid grid-cols-2 gap-2 small:grid-cols-1">
        {(["source", "platform"] as const).map((side) => (
          <div key={side} className="flex min-w-0 flex-col gap-1">
            <span className="flex h-4.5 items-center gap-1.5 text-2xs text-muted-foreground">
              {side === "source" ? conflict.plug : t("here")}
              {chosen === side && <Tag>{t("counts")}</Tag>}
            </span>
            <SideButton
              side={side === "source" ? conflict.plug : t("here")}
              field={field.field}
              value={conflict[side] === null ? null : field[side]}
              at={side === "source" ? conflict.sourceUpdatedAt : conflict.platformUpdatedAt}
              chosen={chosen === side}
              pending={pending}
              blocked={blocked}
              onChoose={() => choose(field, side)}
            />
          </div>
        ))}
      </div>
      {chosen === "other" && own === null && (
        <p className="flex min-w-0 items-center gap-1.5 text-xs">
          <Tag>{t("counts")}</Tag> <FieldValue value={now} />
        </p>
      )}
      {own !== null && (
        <form
          className="flex flex-col gap-1"
          onSubmit={(event) => {
            event.preventDefault();
            if (!read.ok || pending) return;
            choose(field, { value: read.value });
            setOwn(null);
          }}
        >
          <label htmlFor={`${id}own`} className="text-xs font-medium">
            {t("ownLabel", { field: field.field })}
          </label>
          <div className="flex gap-1.5">
            <Input
              id={`${id}own`}
              autoFocus
              value={own}
              aria-invalid={!read.ok || undefined}
              aria-describedby={`${id}wrong`}
              className="font-mono text-xs"
              onChange={(event) => setOwn(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Escape") return;
                event.stopPropagation();
                setOwn(null);
              }}
            />
            <ActionButton
              needs="operator"
              type="submit"
              size="md"
              variant="primary"
              pending={pending}
              blocked={read.ok ? undefined : t("ownWrong", { type: read.type })}
            >
              {t("ownUse")}
            </ActionButton>
          </div>
          <p id={`${id}wrong`} className={read.ok ? "sr-only" : "text-xs text-st-failed-fg"}>
            {!read.ok && t("ownWrong", { type: read.type })}
          </p>
        </form>
      )}
    </div>
  );
}
