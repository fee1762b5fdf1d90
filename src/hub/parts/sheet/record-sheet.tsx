"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { Sheet, SheetContent, SheetTitle } from "../../../components/ui/sheet.tsx";
import { useShortcut } from "../../shell/keys/keys-provider.tsx";
import { useWideScreen } from "../use-media.ts";
import { takeOpenedByEnter } from "./opened-by.ts";

interface RecordSheetProps {
  /** Changes with the record: the sheet scrolls to its top. */
  readonly recordId: string;
  readonly title: ReactNode;
  readonly label: string;
  readonly subtitle: ReactNode;
  readonly tile: ReactNode;
  readonly onClose: () => void;
  readonly onPrevious?: (() => void) | undefined;
  readonly onNext?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** A record beside its list: pushes the list from 1280 px on, floats above it below, fills a small screen. */
export function RecordSheet(props: RecordSheetProps) {
  const { label, onClose } = props;
  const t = useTranslations("parts");
  const wide = useWideScreen();
  useShortcut(wide ? { keys: "Escape", label: t("close"), group: "record", run: onClose } : null);
  const aside = useSheetFocus(props.recordId);
  if (wide) {
    return (
      <section
        ref={aside}
        tabIndex={-1}
        aria-label={label}
        className="flex outline-none w-144 shrink-0 animate-sheet-in flex-col border-l bg-background shadow-[-12px_0_32px_-24px_oklch(0.2_0.02_265/0.25)]"
      >
        <SheetHead
          {...props}
          heading={<h2 className="truncate font-mono text-md font-medium tracking-[-0.01em]">{props.title}</h2>}
        />
        <SheetBody {...props} />
      </section>
    );
  }
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent
        aria-describedby={undefined}
        onOpenAutoFocus={(event) => {
          // The record itself, not its first button: nothing is about to be pressed.
          event.preventDefault();
          if (event.target instanceof HTMLElement) event.target.focus();
        }}
      >
        <SheetHead
          {...props}
          heading={
            <SheetTitle className="truncate font-mono text-md font-medium tracking-[-0.01em]">{props.title}</SheetTitle>
          }
        />
        <SheetBody {...props} />
      </SheetContent>
    </Sheet>
  );
}

function SheetHead({
  heading,
  subtitle,
  tile,
  onClose,
  onPrevious,
  onNext,
}: RecordSheetProps & { heading: ReactNode }) {
  const t = useTranslations("parts");
  return (
    <header className="flex shrink-0 items-center gap-2.5 border-b py-2.5 pr-3 pl-5 small:pr-1.5 small:pl-2">
      <Button variant="ghost" size="icon" aria-label={t("back")} onClick={onClose} className="hidden small:inline-flex">
        <Icon name="arrow-left" />
      </Button>
      <span className="small:hidden">{tile}</span>
      <div className="flex min-w-0 flex-1 flex-col gap-px">
        {heading}
        <div className="flex min-w-0 items-center gap-1.5 text-xs text-muted-foreground">{subtitle}</div>
      </div>
      <Button variant="ghost" size="icon" aria-label={t("previous")} disabled={!onPrevious} onClick={onPrevious}>
        <Icon name="chevron-up" className="size-3.5" />
      </Button>
      <Button variant="ghost" size="icon" aria-label={t("next")} disabled={!onNext} onClick={onNext}>
        <Icon name="chevron-down" className="size-3.5" />
      </Button>
      <Button variant="ghost" size="icon" aria-label={t("close")} onClick={onClose} className="small:hidden">
        <Icon name="x" className="size-3.5" />
      </Button>
    </header>
  );
}

function SheetBody({ recordId, children }: RecordSheetProps) {
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void recordId;
    body.current?.scrollTo({ top: 0 });
  }, [recordId]);
  return (
    <div
      ref={body}
      className="scroll-quiet flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 pt-3 pb-6 small:px-4"
    >
      {children}
    </div>
  );
}

/** Enter moves the focus in; when the sheet goes, the focus goes back to the row it came from. */
function useSheetFocus(recordId: string) {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    if (takeOpenedByEnter()) element.current?.focus();
    return () => {
      const inside = document.activeElement === document.body || element.current?.contains(document.activeElement);
      if (inside) document.querySelector<HTMLElement>(`[data-row-id="${recordId}"]`)?.focus();
    };
  }, [recordId]);
  return element;
}
