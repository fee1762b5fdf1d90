"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogTitle } from "../../../components/ui/dialog.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { useNavigate } from "../../routing/use-navigate.ts";

const NAME = /^[a-z][a-z0-9_-]{0,62}$/;

/** A name, by which the code will ask for it. */
export default function NewMappingDialog({ names, onClose }: { names: readonly string[]; onClose: () => void }) {
  const t = useTranslations("flows.fields.new");
  const id = useId();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const wrong = name !== "" && (!NAME.test(name) ? t("wrong") : names.includes(name) ? t("taken") : null);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        <DialogTitle>{t("title")}</DialogTitle>
        <DialogDescription>{t("text")}</DialogDescription>
        <form
          id={`${id}form`}
          className="grid gap-1"
          onSubmit={(event) => {
            event.preventDefault();
            if (name === "" || wrong) return;
            onClose();
            navigate(`/flows/field-mappings/${name}`);
          }}
        >
          <label htmlFor={`${id}name`} className="text-xs font-medium">
            {t("name")}
          </label>
          <Input
            id={`${id}name`}
            value={name}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={Boolean(wrong) || undefined}
            aria-describedby={`${id}wrong`}
            className="font-mono text-xs"
            onChange={(event) => setName(event.target.value)}
          />
          <p id={`${id}wrong`} className="min-h-4 text-xs text-st-failed-fg">
            {wrong}
          </p>
        </form>
        <DialogFooter>
          <Button variant="ghost" size="md" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" form={`${id}form`} variant="primary" size="md" disabled={name === "" || Boolean(wrong)}>
            {t("begin")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
