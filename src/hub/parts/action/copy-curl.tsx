"use client";

import { useTranslations } from "use-intl";
import { buildRequest, type InputFor, toCurl } from "../../../client/index.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import type { ApiName } from "../../../contract/index.ts";
import { useHub } from "../../config.tsx";
import { useCopy } from "../use-copy.ts";

interface CopyCurlProps<N extends ApiName> {
  readonly name: N;
  readonly input: InputFor<N>;
  /** The icon alone. */
  readonly compact?: boolean;
  readonly variant?: "ghost" | "outline";
  readonly className?: string;
}

/** The same call as a curl command, with `$KHOTAN_API_KEY` in place of a key. */
export function CopyCurl<N extends ApiName>({
  name,
  input,
  compact = false,
  variant = "ghost",
  className,
}: CopyCurlProps<N>) {
  const t = useTranslations("parts");
  const { apiPath } = useHub();
  const { copied, copy } = useCopy();
  const label = copied ? t("copied") : t("copyCurl");
  return (
    <Button
      variant={variant}
      size={compact ? "icon" : "sm"}
      aria-label={label}
      title={compact ? label : undefined}
      className={className}
      onClick={() => void copy(toCurl(buildRequest(apiPath, name, input), window.location.origin))}
    >
      <Icon name={copied ? "check" : "code"} className={copied ? "size-3.5 text-st-succeeded" : "size-3.5"} />
      {!compact && <span aria-live="polite">{label}</span>}
    </Button>
  );
}
