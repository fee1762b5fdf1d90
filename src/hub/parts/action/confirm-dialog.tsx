"use client";

import { type ReactNode, useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogTitle } from "../../../components/ui/dialog.tsx";
import { StatusIcon } from "../status/status-icon.tsx";
import { RUN_LOOKS } from "../status/status-looks.ts";

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** A question. */
  readonly title: string;
  /** What will happen, and to how many. */
  readonly body: ReactNode;
  /** Repeats the verb of the question. */
  readonly confirm: string;
  readonly irreversible?: boolean;
  readonly pending?: boolean;
  /** `true` until a name was typed; the dialog then begins in its own field. */
  readonly blocked?: boolean;
  readonly onConfirm: () => void;
  readonly children?: ReactNode;
}

/** Asked only before what cannot be undone or touches more than one record. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    open,
    onOpenChange,
    title,
    body,
    confirm,
    irreversible = false,
    pending = false,
    blocked,
    onConfirm,
    children,
  } = props;
  const t = useTranslations("parts");
  const confirmButton = useRef<HTMLButtonElement>(null);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        onOpenAutoFocus={(event) => {
          if (blocked !== undefined) return;
          event.preventDefault();
          confirmButton.current?.focus();
        }}
      >
        <DialogTitle>{title}</DialogTitle>
        <DialogDescription>{body}</DialogDescription>
        {children}
        <DialogFooter>
          <Button variant="ghost" size="md" onClick={() => onOpenChange(false)}>
            {t("cancel")}
          </Button>
          <Button
            ref={confirmButton}
            variant={irreversible ? "destructive" : "primary"}
            size="md"
            aria-busy={pending || undefined}
            aria-disabled={pending || blocked || undefined}
            onClick={() => !pending && !blocked && onConfirm()}
          >
            {pending && <StatusIcon look={RUN_LOOKS.running} className="text-current" />}
            {confirm}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
