"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { BareInput, InputGroup } from "../../../components/ui/input.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";

interface ShownOnceProps {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onCopied: () => void;
}

/** A secret that was made here, in clear for the last time: the other side needs it too. */
export function ShownOnce({ id, label, name, value, onCopied }: ShownOnceProps) {
  const t = useTranslations("plugs");
  return (
    <div
      data-slot="shown-once"
      className="grid min-h-11.5 grid-cols-[116px_minmax(0,1fr)_132px] items-center gap-3 border-b bg-st-partial-bg px-3 py-2 small:grid-cols-[minmax(0,1fr)]"
    >
      <div className="min-w-0">
        <label htmlFor={id} title={label} className="block truncate leading-4.25 font-medium">
          {label}
        </label>
        <span className="block truncate font-mono text-2xs leading-3.5 text-muted-foreground">{name}</span>
      </div>
      <div className="flex min-w-0 flex-col gap-0.75">
        <InputGroup className="h-control-sm pr-0.5 pl-2 font-mono text-xs">
          <BareInput
            id={id}
            readOnly
            autoFocus
            value={value}
            onFocus={(event) => event.target.select()}
            aria-describedby={`${id}-once`}
          />
          <CopyButton text={value} label={t("once.copy", { label })} className="size-5" />
        </InputGroup>
        <p id={`${id}-once`} role="status" className="text-2xs text-pretty text-st-partial-fg">
          {t("once.text")}
        </p>
      </div>
      <Button onClick={onCopied} className="justify-self-end small:justify-self-stretch">
        <Icon name="check" className="size-3.5" />
        {t("once.done")}
      </Button>
    </div>
  );
}
