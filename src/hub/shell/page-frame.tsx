"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { cn } from "../../components/ui/cn.ts";
import { TopBar, type TopBarProps } from "./top-bar.tsx";

interface PageFrameProps extends TopBarProps {
  readonly children?: ReactNode;
  /** The room lays out its own scrolling regions. */
  readonly flush?: boolean;
  readonly className?: string;
}

/** Top bar and main region: what every room stands in. */
export function PageFrame({ children, flush = false, className, ...top }: PageFrameProps) {
  const t = useTranslations("shell");
  return (
    <>
      <title>{t("documentTitle", { title: top.title })}</title>
      <TopBar {...top} />
      <main
        id="khotan-main"
        tabIndex={-1}
        data-scroll={flush ? undefined : ""}
        className={cn(
          "min-h-0 flex-1 outline-none!",
          flush ? "flex overflow-hidden" : "scroll-quiet overflow-y-auto px-gutter pt-4 pb-6 small:pt-3",
          className,
        )}
      >
        {children}
      </main>
    </>
  );
}
