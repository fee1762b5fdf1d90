"use client";

import type { ComponentProps } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon, type IconName } from "../../../components/ui/icon.tsx";
import { Tooltip } from "../../../components/ui/tooltip.tsx";
import type { Role } from "../../../contract/index.ts";
import { useMay } from "../../data/use-overview.ts";
import { StatusIcon } from "../status/status-icon.tsx";
import { RUN_LOOKS } from "../status/status-looks.ts";

interface ActionButtonProps extends ComponentProps<typeof Button> {
  /** The least role; others see the button disabled and are told what it takes. */
  readonly needs: Role;
  readonly pending?: boolean;
  readonly icon?: IconName;
  /** Another reason why it cannot be done now, in words. */
  readonly blocked?: string | undefined;
}

/** A button that acts. It keeps its width while it works, and never vanishes because of a role. */
export function ActionButton({
  needs,
  pending = false,
  icon,
  blocked,
  children,
  onClick,
  ...props
}: ActionButtonProps) {
  const t = useTranslations("parts");
  const may = useMay(needs);
  const reason = may ? blocked : t("needsRole", { role: needs });
  const off = reason !== undefined || pending;
  return (
    <Tooltip content={reason} disabled={reason === undefined}>
      <Button
        aria-disabled={off || undefined}
        aria-busy={pending || undefined}
        onClick={(event) => {
          if (off) event.preventDefault();
          else onClick?.(event);
        }}
        {...props}
      >
        {pending ? (
          <StatusIcon look={RUN_LOOKS.running} className="text-current" />
        ) : (
          icon && <Icon name={icon} className="size-3.5" />
        )}
        {children}
      </Button>
    </Tooltip>
  );
}
