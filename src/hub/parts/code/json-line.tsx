"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Icon } from "../../../components/ui/icon.tsx";
import { useCopy } from "../use-copy.ts";

interface JsonLineProps {
  readonly depth: number;
  readonly name?: string | undefined;
  readonly value: unknown;
  readonly path: string;
  readonly open?: boolean;
  readonly onToggle?: () => void;
  readonly children: ReactNode;
}

/** One line of the tree: twist, key, value, and what can be copied from it. */
export function JsonLine({ depth, name, value, path, open, onToggle, children }: JsonLineProps) {
  const t = useTranslations("parts");
  return (
    <div
      role="treeitem"
      tabIndex={-1}
      aria-expanded={open}
      aria-level={depth + 1}
      className="group/line relative flex rounded-xs hover:bg-accent"
      style={{ paddingLeft: depth * 14 }}
    >
      {onToggle ? (
        <button
          type="button"
          aria-expanded={open}
          aria-label={path || t("jsonRoot")}
          onClick={onToggle}
          className="grid size-4 shrink-0 translate-y-0.5 place-items-center rounded-xs text-faint-foreground focus-inset"
        >
          <Icon name={open ? "chevron-down" : "chevron-right"} className="size-3" />
        </button>
      ) : (
        <span className="w-4 shrink-0" />
      )}
      <span className="min-w-0 break-words whitespace-pre-wrap [overflow-wrap:anywhere]">
        {name !== undefined && (
          <>
            <span className="text-code-key">{name}</span>
            {": "}
          </>
        )}
        {children}
      </span>
      <LineCopies value={value} path={path} />
    </div>
  );
}

function LineCopies({ value, path }: { value: unknown; path: string }) {
  const t = useTranslations("parts");
  const copyValue = useCopy();
  const copyPath = useCopy();
  const text = typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "");
  const button =
    "grid size-5 place-items-center rounded-xs text-faint-foreground hover:text-foreground focus-inset bg-accent";
  return (
    <span className="absolute right-0 flex opacity-0 group-hover/line:opacity-100 focus-within:opacity-100">
      <button
        type="button"
        title={t("copyValue")}
        aria-label={t("copyValue")}
        className={button}
        onClick={() => void copyValue.copy(text)}
      >
        <Icon name={copyValue.copied ? "check" : "copy"} className="size-3" />
      </button>
      {path !== "" && (
        <button
          type="button"
          title={t("copyPath")}
          aria-label={t("copyPath")}
          className={button}
          onClick={() => void copyPath.copy(path)}
        >
          <Icon name={copyPath.copied ? "check" : "code"} className="size-3" />
        </button>
      )}
    </span>
  );
}
