"use client";

import { lazy, Suspense } from "react";
import type { FlowRecord } from "../../../contract/index.ts";

const CommandPalette = lazy(() => import("./command-palette.tsx"));

interface LazyPaletteProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onShortcuts: () => void;
  readonly onRunFlow: (flow: FlowRecord) => void;
}

/** Loaded when it is first asked for. */
export function LazyPalette({ open, ...props }: LazyPaletteProps) {
  if (!open) return null;
  return (
    <Suspense>
      <CommandPalette {...props} />
    </Suspense>
  );
}
