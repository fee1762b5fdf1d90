"use client";

import { Dialog as Primitive } from "radix-ui";
import { useState } from "react";
import { useTranslations } from "use-intl";
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "../../../components/ui/command.tsx";
import { Dialog, DialogOverlay, DialogTitle } from "../../../components/ui/dialog.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { usePortalRoot } from "../../../components/ui/portal-root.tsx";
import type { FlowRecord } from "../../../contract/index.ts";
import { openPath } from "../../routing/path-of-id.ts";
import { KeyHint } from "../keys/key-hint.tsx";
import { rememberRecent } from "./recent.ts";
import { score } from "./score.ts";
import { type PaletteEntry, usePaletteEntries } from "./use-palette-entries.ts";

interface CommandPaletteProps {
  readonly onClose: () => void;
  readonly onShortcuts: () => void;
  readonly onRunFlow: (flow: FlowRecord) => void;
}

/** Go anywhere, do anything; a pasted id opens its record. */
export default function CommandPalette({ onClose, onShortcuts, onRunFlow }: CommandPaletteProps) {
  const t = useTranslations("palette");
  const container = usePortalRoot();
  const [search, setSearch] = useState("");
  const { groups, go } = usePaletteEntries(onShortcuts, onRunFlow);
  const pasted = openPath(search);

  const choose = (entry: PaletteEntry) => {
    onClose();
    if (entry.to) rememberRecent({ to: entry.to, label: entry.label, icon: entry.icon });
    entry.run();
  };
  const onSearch = (text: string) => {
    setSearch(text);
    const path = openPath(text);
    if (path && text.trim() !== search.trim() && text.length - search.length > 8) {
      onClose();
      go(path);
    }
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <Primitive.Portal container={container}>
        <DialogOverlay />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed top-[14vh] left-1/2 z-50 w-[min(560px,calc(100vw-24px))] -translate-x-1/2 animate-in rounded-lg border border-border-strong bg-popover shadow-lg outline-none small:top-3"
        >
          <DialogTitle className="sr-only">{t("title")}</DialogTitle>
          <Command loop filter={score}>
            <CommandInput value={search} onValueChange={onSearch} placeholder={t("placeholder")} />
            <CommandList>
              <CommandEmpty>{t("nothing")}</CommandEmpty>
              {pasted && (
                <CommandGroup heading={t("group.id")} forceMount>
                  <CommandItem
                    forceMount
                    value={search}
                    onSelect={() => {
                      onClose();
                      go(pasted);
                    }}
                  >
                    <Icon name="arrow-right" />
                    <span className="truncate">{t("openId", { id: search.trim() })}</span>
                  </CommandItem>
                </CommandGroup>
              )}
              {groups.map(({ id, entries }) => (
                <CommandGroup key={id} heading={t(`group.${id}`)}>
                  {entries.map((entry) => (
                    <CommandItem
                      key={entry.id}
                      value={`${entry.label} ${entry.id}`}
                      keywords={entry.words}
                      disabled={entry.disabled}
                      onSelect={() => choose(entry)}
                    >
                      <Icon name={entry.icon} />
                      <span className="min-w-0 flex-1 truncate">{entry.label}</span>
                      {entry.hint && <span className="text-xs text-faint-foreground">{entry.hint}</span>}
                      {entry.keys && <KeyHint keys={entry.keys} className="small:hidden" />}
                    </CommandItem>
                  ))}
                </CommandGroup>
              ))}
            </CommandList>
            <footer className="flex items-center gap-3.5 border-t px-3.5 py-2 text-xs text-faint-foreground small:hidden">
              <span className="flex items-center gap-1.5">
                <KeyHint keys="ArrowUp ArrowDown" />
                {t("move")}
              </span>
              <span className="flex items-center gap-1.5">
                <KeyHint keys="Enter" />
                {t("open")}
              </span>
              <span className="flex-1" />
              {t("paste")}
            </footer>
          </Command>
        </Primitive.Content>
      </Primitive.Portal>
    </Dialog>
  );
}
