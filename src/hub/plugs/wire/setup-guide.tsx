"use client";

import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import type { WireRecord } from "../../../contract/index.ts";
import { stepsDone } from "./steps-done.ts";

/** What to do at the provider, step by step. Steps tick themselves when the Hub sees the proof. */
export function SetupGuide({ wire }: { wire: WireRecord }) {
  const t = useTranslations("plugs");
  const done = stepsDone(wire);
  return (
    <section className="border-t p-3">
      <div className="flex items-center gap-2 pb-2">
        <h3 className="flex-1 font-semibold">{t("guide.title")}</h3>
        <span className="text-xs text-muted-foreground tabular-nums">
          {t("guide.done", { done, count: wire.guide.length })}
        </span>
      </div>
      <ol className="flex flex-col gap-2.5">
        {wire.guide.map((step, index) => (
          <li key={step.title} className="flex gap-2.5">
            <span
              className={cn(
                "grid size-5 shrink-0 place-items-center rounded-full border-[1.5px] border-border-strong text-2xs leading-none font-semibold text-muted-foreground",
                index < done && "border-st-succeeded-line bg-st-succeeded-bg text-st-succeeded-fg",
              )}
            >
              {index < done ? <Icon name="check" className="size-3" /> : index + 1}
              {index < done && <span className="sr-only">{t("guide.ticked")}</span>}
            </span>
            <div className="min-w-0">
              <p className="font-medium">{step.title}</p>
              <p className="text-xs text-pretty text-muted-foreground">{step.text}</p>
              {index === done && wire.connected && <p className="text-xs text-st-partial-fg">{t("guide.waiting")}</p>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
