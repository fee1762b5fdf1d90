"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import type { Failure, RunDetail } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { Note } from "../../parts/note.tsx";
import { TONE_CLASSES } from "../../parts/status/tone-classes.ts";
import { HubLink } from "../../routing/hub-link.tsx";
import { runLook } from "../run-status-badge.tsx";
import { stackFrames } from "./stack-frames.ts";

/** What broke, in words, with its code, the next step, and the door to the fix. */
export function RunError({ run, error }: { run: RunDetail; error: Failure }) {
  const t = useTranslations("runs");
  const [whole, setWhole] = useState(false);
  const look = runLook(run);
  const plug = usePlugOf(error.code);
  const frames = error.stack ? stackFrames(error.stack) : [];
  return (
    <Note look={look}>
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
        <h2 className="font-semibold text-pretty [overflow-wrap:anywhere]">{error.message}</h2>
        <span className={cn("font-mono text-xs", TONE_CLASSES[look.tone].text)}>{error.code}</span>
      </div>
      {error.hint && <p className="max-w-[72ch] text-pretty">{error.hint}</p>}
      {error.issues && error.issues.length > 0 && (
        <ul className="pt-1 text-xs">
          {error.issues.map((issue) => (
            <li key={`${issue.path} ${issue.message}`}>
              <span className="font-mono">{issue.path}</span> {issue.message}
            </li>
          ))}
        </ul>
      )}
      {frames.length > 0 && (
        <ol className="pt-1.5 font-mono text-xs leading-4.5">
          {(whole ? frames : frames.slice(0, 2)).map((frame) => (
            <li key={`${frame.name} ${frame.place}`} className={whole ? "[overflow-wrap:anywhere]" : "truncate"}>
              <span className="text-muted-foreground">{"at "}</span>
              {frame.name} <span className="text-muted-foreground">{frame.place}</span>
            </li>
          ))}
        </ol>
      )}
      {(plug || frames.length > 2) && (
        <div className="flex flex-wrap items-center gap-1.5 pt-2">
          {plug && (
            <Button asChild>
              <HubLink to={`/plugs/${plug}`}>
                <Icon name="key" className="size-3.5" />
                {t("error.openVariables", { plug })}
              </HubLink>
            </Button>
          )}
          {frames.length > 2 && (
            <Button variant="ghost" onClick={() => setWhole(!whole)}>
              {whole ? t("error.lessStack") : t("error.wholeStack", { count: frames.length })}
            </Button>
          )}
        </div>
      )}
    </Note>
  );
}

/** The plug an error code speaks of: `slack.channel_not_found` is slack's. */
function usePlugOf(code: string): string | null {
  const plugs = useApi("listPlugs", { query: {} }).data?.items ?? [];
  const [name] = code.split(".", 1);
  return plugs.find((plug) => plug.name === name)?.name ?? null;
}
