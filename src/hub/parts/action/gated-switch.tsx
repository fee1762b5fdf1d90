"use client";

import { useTranslations } from "use-intl";
import { Switch } from "../../../components/ui/switch.tsx";
import { Tooltip } from "../../../components/ui/tooltip.tsx";
import type { Role } from "../../../contract/index.ts";
import { useMay } from "../../data/use-overview.ts";

interface GatedSwitchProps {
  readonly needs: Role;
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly className?: string;
}

/** A switch that shows its state to everybody and turns for those who may. */
export function GatedSwitch({ needs, label, checked, onChange, className }: GatedSwitchProps) {
  const t = useTranslations("parts");
  const may = useMay(needs);
  return (
    <Tooltip content={t("needsRole", { role: needs })} disabled={may}>
      {/* The tooltip marks its trigger with a state of its own, which would hide the switch's. */}
      <span className={className}>
        <Switch
          checked={checked}
          aria-disabled={!may || undefined}
          aria-label={label}
          onCheckedChange={(next) => may && onChange(next)}
          className="block"
        />
      </span>
    </Tooltip>
  );
}
