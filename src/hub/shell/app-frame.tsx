"use client";

import { lazy, type ReactNode, Suspense, useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import type { FlowRecord } from "../../contract/index.ts";
import { CutBanner } from "./cut-banner.tsx";
import { FrameShortcuts } from "./frame-shortcuts.tsx";
import { LazyShortcutSheet } from "./keys/lazy-shortcut-sheet.tsx";
import { Dock } from "./nav/dock.tsx";
import { Sidebar } from "./nav/sidebar.tsx";
import { LazyPalette } from "./palette/lazy-palette.tsx";
import { OpenPalette } from "./palette/open-palette.ts";
import { SystemBanner } from "./system-banner.tsx";

const RunNowDialog = lazy(() => import("../flows/run-now/run-now-dialog.tsx"));

/** Sidebar, page and dock. Only regions of the page scroll, never the frame. */
export function AppFrame({ children }: { children: ReactNode }) {
  const t = useTranslations("shell");
  const [overlay, setOverlay] = useState<"palette" | "shortcuts" | null>(null);
  const [running, setRunning] = useState<FlowRecord | null>(null);
  const openPalette = useCallback(() => setOverlay("palette"), []);
  return (
    <OpenPalette value={openPalette}>
      <div className="grid h-dvh grid-cols-[auto_minmax(0,1fr)] grid-rows-[minmax(0,1fr)] overflow-hidden small:grid-cols-1 small:grid-rows-[minmax(0,1fr)_auto]">
        <a
          href="#khotan-main"
          className="fixed top-2 left-2 z-50 -translate-y-16 rounded-sm bg-primary px-3 py-2 font-medium text-primary-foreground focus-visible:translate-y-0"
        >
          {t("skip")}
        </a>
        <Sidebar />
        <div className="flex min-h-0 min-w-0 flex-col">
          <SystemBanner />
          <CutBanner />
          {children}
        </div>
        <Dock />
        <FrameShortcuts onPalette={openPalette} onShortcuts={() => setOverlay("shortcuts")} />
        <LazyPalette
          open={overlay === "palette"}
          onClose={() => setOverlay(null)}
          onShortcuts={() => setOverlay("shortcuts")}
          onRunFlow={setRunning}
        />
        {running && (
          <Suspense>
            <RunNowDialog flow={running} variant={null} onClose={() => setRunning(null)} />
          </Suspense>
        )}
        <LazyShortcutSheet open={overlay === "shortcuts"} onClose={() => setOverlay(null)} />
      </div>
    </OpenPalette>
  );
}
