"use client";

import { lazy, Suspense } from "react";

const ShortcutSheet = lazy(() => import("./shortcut-sheet.tsx"));

/** Loaded when it is first asked for. */
export function LazyShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  if (!open) return null;
  return (
    <Suspense>
      <ShortcutSheet onClose={onClose} />
    </Suspense>
  );
}
