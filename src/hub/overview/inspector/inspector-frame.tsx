"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { Sheet, SheetContent, SheetTitle } from "../../../components/ui/sheet.tsx";
import { useWideScreen } from "../../parts/use-media.ts";
import { useShortcut } from "../../shell/keys/keys-provider.tsx";

interface InspectorFrameProps {
  readonly tile: ReactNode;
  readonly title: string;
  readonly subtitle: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What is known of one node, beside the canvas; over it where there is no room. */
export function InspectorFrame({ onClose, ...props }: InspectorFrameProps) {
  const t = useTranslations("overview.inspect");
  const wide = useWideScreen();
  useShortcut(wide ? { keys: "Escape", label: t("close"), group: "record", run: onClose } : null);
  if (wide) {
    return (
      <section
        aria-label={props.title}
        className="flex w-102 shrink-0 animate-sheet-in flex-col border-l bg-background"
      >
        <Head
          {...props}
          onClose={onClose}
          heading={<h2 className="truncate text-md font-semibold">{props.title}</h2>}
        />
        <Body>{props.children}</Body>
      </section>
    );
  }
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent aria-describedby={undefined} className="max-w-102">
        <Head
          {...props}
          onClose={onClose}
          heading={<SheetTitle className="truncate text-md font-semibold">{props.title}</SheetTitle>}
        />
        <Body>{props.children}</Body>
      </SheetContent>
    </Sheet>
  );
}

function Head({ tile, subtitle, heading, onClose }: InspectorFrameProps & { heading: ReactNode }) {
  const t = useTranslations("overview.inspect");
  return (
    <header className="flex shrink-0 items-center gap-2.5 border-b py-2.5 pr-3 pl-5 small:pl-4">
      {tile}
      <div className="min-w-0 flex-1">
        {heading}
        <p className="truncate text-xs text-muted-foreground">{subtitle}</p>
      </div>
      <Button variant="ghost" size="icon" aria-label={t("close")} onClick={onClose}>
        <Icon name="x" className="size-3.5" />
      </Button>
    </header>
  );
}

const Body = ({ children }: { children: ReactNode }) => (
  <div className="scroll-quiet flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 pt-3 pb-6 small:px-4">
    {children}
  </div>
);
