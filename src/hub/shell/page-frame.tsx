"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { cn } from "../../components/ui/cn.ts";
import { usePlace } from "../routing/place.tsx";
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
  const isAlone = usePlace() !== null;
  const room = {
    "data-scroll": flush ? undefined : "",
    className: cn(
      "min-h-0 flex-1 outline-none!",
      flush ? "flex overflow-hidden" : "scroll-quiet overflow-y-auto px-gutter pt-4 pb-6 small:pt-3",
      className,
    ),
  };
  // The page around it is the host's, and so are its title and its main region.
  if (isAlone) return <div {...room}>{children}</div>;
  return (
    <>
      <title>{t("documentTitle", { title: top.title })}</title>
      <TopBar {...top} />
      <main id="khotan-main" tabIndex={-1} {...room}>
        {children}
      </main>
    </>
  );
}
