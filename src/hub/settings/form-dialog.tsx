"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Checkbox } from "../../components/ui/checkbox.tsx";
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogTitle } from "../../components/ui/dialog.tsx";
import { Input } from "../../components/ui/input.tsx";
import { Select } from "../../components/ui/select.tsx";
import { ActionButton } from "../parts/action/action-button.tsx";

interface FormDialogProps {
  readonly title: string;
  readonly text?: string;
  readonly submit: string;
  readonly pending: boolean;
  /** Why it cannot be sent yet. */
  readonly blocked?: string | undefined;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A short form that makes something. The browser checks what is required. */
export function FormDialog({ title, text, submit, pending, blocked, onSubmit, onClose, children }: FormDialogProps) {
  const t = useTranslations("settings");
  const id = useId();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent {...(text ? {} : { "aria-describedby": undefined })}>
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
          <Button variant="ghost" size="md" onClick={onClose}>
            {t("cancel")}
          </Button>
          <ActionButton
            needs="admin"
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

type FieldProps = { readonly label: string; readonly onText: (text: string) => void } & ComponentProps<"input">;

export function Field({ label, onText, ...props }: FieldProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-xs font-medium">
        {label}
      </label>
      <Input id={id} onChange={(event) => onText(event.target.value)} {...props} />
    </div>
  );
}

type ChoiceProps = { readonly label: string; readonly onText: (text: string) => void } & ComponentProps<"select">;

export function Choice({ label, onText, ...props }: ChoiceProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-xs font-medium">
        {label}
      </label>
      <Select id={id} onChange={(event) => onText(event.target.value)} {...props} />
    </div>
  );
}

interface TickProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onTick: (checked: boolean) => void;
}

export function Tick({ label, checked, onTick }: TickProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-2">
      <Checkbox id={id} checked={checked} onCheckedChange={(state) => onTick(state === true)} />
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
    </div>
  );
}
