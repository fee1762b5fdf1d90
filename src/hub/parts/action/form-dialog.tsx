"use client";

import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogTitle } from "../../../components/ui/dialog.tsx";
import type { Role } from "../../../contract/index.ts";
import { ActionButton } from "./action-button.tsx";

interface FormDialogProps {
  readonly title: string;
  readonly text?: string;
  /** The verb, with its object. */
  readonly submit: string;
  /** The least role that may send it. */
  readonly needs: Role;
  readonly pending: boolean;
  /** Why it cannot be sent yet. */
  readonly blocked?: string | undefined;
  /** The same as a command, beside the buttons. */
  readonly curl?: ReactNode;
  readonly className?: string;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A short form that makes or starts something. The browser checks what is required. */
export function FormDialog(props: FormDialogProps) {
  const { title, text, submit, needs, pending, blocked, curl, className, onSubmit, onClose, children } = props;
  const t = useTranslations("parts");
  const id = useId();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className={className} {...(text ? {} : { "aria-describedby": undefined })}>
        <DialogTitle>{title}</DialogTitle>
        {text && <DialogDescription>{text}</DialogDescription>}
        <form
          id={id}
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (!pending && blocked === undefined) onSubmit();
          }}
        >
          {children}
        </form>
        <DialogFooter>
          {curl}
          <Button variant="ghost" size="md" onClick={onClose}>
            {t("cancel")}
          </Button>
          <ActionButton
            needs={needs}
            type="submit"
            form={id}
            variant="primary"
            size="md"
            pending={pending}
            blocked={blocked}
          >
            {submit}
          </ActionButton>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
