"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Popover, PopoverContent, PopoverTrigger } from "../../../components/ui/popover.tsx";
import { TENANT_PATTERN } from "../../../contract/names.ts";
import { useMay } from "../../data/use-overview.ts";

/** Name a further tenant. Nothing is stored until its first variable is. */
export function NewTenant({ onTenant }: { onTenant: (tenant: string) => void }) {
  const t = useTranslations("plugs");
  const may = useMay("admin");
  const id = useId();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [wrong, setWrong] = useState(false);
  if (!may) return null;
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button>
          <Icon name="plus" className="size-3.5" />
          {t("newTenant.button")}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="w-72 p-3" data-overlay="">
        <form
          className="flex flex-col gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            const tenant = name.trim();
            if (!TENANT_PATTERN.test(tenant)) return setWrong(true);
            onTenant(tenant);
            setOpen(false);
            setName("");
          }}
        >
          <label htmlFor={id} className="font-medium">
            {t("newTenant.label")}
          </label>
          <Input
            id={id}
            autoFocus
            value={name}
            aria-invalid={wrong || undefined}
            aria-describedby={`${id}-hint`}
            onChange={(event) => {
              setName(event.target.value);
              setWrong(false);
            }}
            className="font-mono text-xs"
          />
          <p id={`${id}-hint`} className={wrong ? "text-xs text-st-failed-fg" : "text-xs text-muted-foreground"}>
            {t(wrong ? "newTenant.wrong" : "newTenant.hint")}
          </p>
          <Button type="submit" variant="primary" className="self-end">
            {t("newTenant.open")}
          </Button>
        </form>
      </PopoverContent>
    </Popover>
  );
}
