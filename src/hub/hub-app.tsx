"use client";

import { Suspense } from "react";
import type { HubConfig } from "./hub-config.ts";
import { HubProviders } from "./hub-providers.tsx";
import { RoomOutlet } from "./routing/room-outlet.tsx";
import { AppFrame } from "./shell/app-frame.tsx";

export function HubApp({ config }: { config: HubConfig }) {
  return (
    <HubProviders config={config} keys>
      <Suspense>
        <AppFrame>
          <RoomOutlet />
        </AppFrame>
      </Suspense>
    </HubProviders>
  );
}
