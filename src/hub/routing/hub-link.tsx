"use client";

import { useSearchParams } from "next/navigation";
import type { ComponentProps } from "react";
import { useHub } from "../config.tsx";
import { type NavigateOptions, useNavigate } from "./use-navigate.ts";
import { withSticky } from "./with-sticky.ts";

interface HubLinkProps extends Omit<ComponentProps<"a">, "href">, NavigateOptions {
  /** Below the Hub's base, e.g. `/runs?status=failed`. */
  readonly to: string;
}

/** A link to another place in the Hub. A plain click stays in the page; all other clicks are the browser's. */
export function HubLink({ to, replace = false, keepQuery = false, onClick, ...props }: HubLinkProps) {
  const { basePath } = useHub();
  const navigate = useNavigate();
  const search = useSearchParams()?.toString() ?? "";
  return (
    <a
      {...props}
      href={basePath + withSticky(to, search, keepQuery)}
      onClick={(event) => {
        onClick?.(event);
        const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
        if (event.defaultPrevented || !plain) return;
        event.preventDefault();
        navigate(to, { replace, keepQuery });
      }}
    />
  );
}
