"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog, DialogContent, DialogTitle } from "../../../components/ui/dialog.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { Switch } from "../../../components/ui/switch.tsx";
import { KeyHint } from "./key-hint.tsx";
import { type Shortcut, useKeys } from "./keys-provider.tsx";

const GROUPS: readonly Shortcut["group"][] = ["everywhere", "rooms", "list", "record", "canvas"];

/** What every key does here and now, and the switch that turns single letters off. */
export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations("shell");
  const { list, enabled, setEnabled } = useKeys();
  const [shortcuts] = useState(() => [...new Map(list().map((shortcut) => [shortcut.keys, shortcut])).values()]);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-w-150" aria-describedby={undefined}>
        <div className="flex items-center gap-2">
          <DialogTitle className="flex-1">{t("keys.title")}</DialogTitle>
          <Button variant="ghost" size="icon" aria-label={t("close")} onClick={onClose}>
            <Icon name="x" className="size-3.5" />
          </Button>
        </div>
        <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
          {GROUPS.map((group) => {
            const entries = shortcuts.filter((shortcut) => shortcut.group === group);
            if (entries.length === 0) return null;
            return (
              <section key={group} aria-label={t(`keys.group.${group}`)}>
                <h3 className="pb-1 text-2xs font-medium text-faint-foreground">{t(`keys.group.${group}`)}</h3>
                <dl>
                  {entries.map(({ keys, label }) => (
                    <div key={keys} className="flex h-7 items-center justify-between gap-3">
                      <dt>{label}</dt>
                      <dd>
                        <KeyHint keys={keys} />
                        <span className="sr-only">{keys}</span>
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            );
          })}
        </div>
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is the control. */}
        <label className="flex items-center justify-between gap-3 border-t pt-3">
          <span>
            {t("keys.single")}
            <span className="block text-xs text-muted-foreground">{t("keys.singleHint")}</span>
          </span>
          <Switch checked={enabled} onCheckedChange={setEnabled} />
        </label>
      </DialogContent>
    </Dialog>
  );
}
