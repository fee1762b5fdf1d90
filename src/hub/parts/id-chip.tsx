"use client";

import { useTranslations } from "use-intl";
import { cn } from "../../components/ui/cn.ts";
import { Icon } from "../../components/ui/icon.tsx";
import { Tag } from "../../components/ui/tag.tsx";
import { HubLink } from "../routing/hub-link.tsx";
import { splitId } from "./split-id.ts";
import { useCopy } from "./use-copy.ts";

interface IdChipProps {
  readonly id: string;
  /** Show prefix and the last 8 only. */
  readonly short?: boolean;
  /** In dense rows the `c` key copies instead of a button. */
  readonly copyable?: boolean;
  /** Framed, as in a header. */
  readonly boxed?: boolean;
  /** Where the id leads; copying stays a button of its own. */
  readonly to?: string;
  readonly className?: string;
}

/** An id: faint prefix, tail, and a way to copy all of it. */
export function IdChip({ id, short = false, copyable = true, boxed = false, to, className }: IdChipProps) {
  const t = useTranslations("parts");
  const { copied, copy } = useCopy();
  const { prefix, rest } = splitId(id, short ? 8 : undefined);
  const text = (
    <>
      <span className="text-faint-foreground">{prefix}</span>
      {rest}
    </>
  );
  return (
    <span
      data-slot="id-chip"
      className={cn(
        "group/id inline-flex min-w-0 items-center gap-1 align-middle font-mono text-xs whitespace-nowrap text-muted-foreground",
        boxed && "h-5.5 rounded-sm border bg-muted pr-0.5 pl-1.5",
        className,
      )}
    >
      {to ? (
        <HubLink to={to} className="truncate rounded-xs hover:text-primary-text hover:underline">
          {text}
        </HubLink>
      ) : (
        <span className="truncate" title={short ? id : undefined}>
          {text}
        </span>
      )}
      {copyable && (
        <button
          type="button"
          aria-label={t("copyId", { id })}
          onClick={(event) => {
            event.stopPropagation();
            void copy(id);
          }}
          className={cn(
            "grid size-4.5 shrink-0 place-items-center rounded-xs text-faint-foreground hit hover:text-foreground",
            !boxed && "opacity-0 group-hover/id:opacity-100 focus-visible:opacity-100 small:opacity-100",
          )}
        >
          <Icon name={copied ? "check" : "copy"} className="size-3" />
        </button>
      )}
      {copied && <Tag aria-live="polite">{t("copied")}</Tag>}
    </span>
  );
}
