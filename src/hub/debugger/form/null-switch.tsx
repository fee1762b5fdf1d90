"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import type { ControlProps } from "./form-context.ts";

/** Beside a control whose value may be null. */
export function NullSwitch({ value, change, label, id, children }: ControlProps & { children: ReactNode }) {
  const t = useTranslations("debugger");
  const isNull = value === null;
  return (
    <div className="flex min-w-0 items-start gap-1.5">
      <div className="min-w-0 flex-1">
        {isNull ? (
          <div
            id={id}
            className="flex h-control-sm items-center rounded-sm border border-dashed border-input px-2.5 font-mono text-xs text-muted-foreground"
          >
            {"null"}
          </div>
        ) : (
          children
        )}
      </div>
      <Button
        variant={isNull ? "outline" : "ghost"}
        aria-pressed={isNull}
        aria-label={t("form.asNull", { name: label })}
        onClick={() => change(isNull ? undefined : null)}
        className="px-2 font-mono font-normal"
      >
        {"null"}
      </Button>
    </div>
  );
}
