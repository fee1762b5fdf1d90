"use client";

import type { ComponentProps } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Icon, type IconName } from "../../components/ui/icon.tsx";
import { useCopy } from "./use-copy.ts";

interface CopyButtonProps extends Omit<ComponentProps<typeof Button>, "children" | "onClick"> {
  /** What lands on the clipboard; a function is asked at the click. */
  readonly text: string | (() => string);
  /** What it is, for screen readers: "Copy callback URL". */
  readonly label: string;
  /** Instead of two sheets. */
  readonly icon?: IconName;
  /** Show words beside the icon. */
  readonly children?: React.ReactNode;
}

/** Copies, and says "Copied" in its own place. */
export function CopyButton({ text, label, icon = "copy", children, variant = "ghost", ...props }: CopyButtonProps) {
  const t = useTranslations("parts");
  const { copied, copy } = useCopy();
  return (
    <Button
      variant={variant}
      size={children ? "sm" : "icon"}
      aria-label={copied ? t("copied") : label}
      title={children ? undefined : label}
      onClick={() => void copy(typeof text === "function" ? text() : text)}
      {...props}
    >
      <Icon name={copied ? "check" : icon} className={copied ? "size-3.5 text-st-succeeded" : "size-3.5"} />
      {children && <span aria-live="polite">{copied ? t("copied") : children}</span>}
    </Button>
  );
}
