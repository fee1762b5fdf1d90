"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "../../components/ui/cn.ts";
import { PageFrame } from "./page-frame.tsx";
import { RoomTabs } from "./room-tabs.tsx";

interface TabbedFrameProps extends ComponentProps<typeof RoomTabs> {
  readonly title: string;
  readonly meta?: ReactNode;
  /** What is open beside it. */
  readonly sheet?: ReactNode;
  readonly children: ReactNode;
  /** The list in it scrolls by itself, on a wide screen. */
  readonly list: boolean;
}

/** Title, tabs, one column, and what is open beside it. */
export function TabbedFrame({ title, meta, sheet, children, list, ...tabs }: TabbedFrameProps) {
  return (
    <PageFrame flush title={title} meta={meta && <span className="small:hidden">{meta}</span>}>
      <div className="flex min-w-0 flex-1 flex-col">
        <RoomTabs {...tabs} />
        <div
          data-scroll=""
          className={cn(
            "flex min-h-0 min-w-0 flex-1 flex-col gap-3 px-gutter pt-3",
            list ? "small:scroll-quiet small:overflow-y-auto small:pb-4" : "scroll-quiet overflow-y-auto pb-6",
          )}
        >
          {children}
        </div>
      </div>
      {sheet}
    </PageFrame>
  );
}
