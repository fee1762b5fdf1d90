"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogTitle } from "../../components/ui/dialog.tsx";
import { CodeBlock } from "../parts/code/code-block.tsx";
import { Note } from "../parts/note.tsx";
import { RUN_LOOKS } from "../parts/status/status-looks.ts";

interface ShowOnceProps {
  readonly title: string;
  /** What it is for. */
  readonly text: string;
  readonly secret: string;
  readonly copy: string;
  readonly onClose: () => void;
  /** e.g. how to use it. */
  readonly children?: ReactNode;
}

/** Something that is never shown again. Closed only by saying that it was copied, so that no stray key loses it. */
export function ShowOnce({ title, text, secret, copy, onClose, children }: ShowOnceProps) {
  const t = useTranslations("people");
  const stay = (event: { preventDefault: () => void }) => event.preventDefault();
  return (
    <Dialog open>
      <DialogContent onEscapeKeyDown={stay} onInteractOutside={stay}>
        <DialogTitle>{title}</DialogTitle>
        <DialogDescription>{text}</DialogDescription>
        <Note look={RUN_LOOKS.partial} icon="warn">
          {t("once")}
        </Note>
        <CodeBlock text={secret} label={copy} />
        {children}
        <DialogFooter>
          <Button variant="primary" size="md" onClick={onClose}>
            {t("copied")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
