"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { HubConfigProvider } from "./config.tsx";
import { LiveProvider } from "./data/live.tsx";
import { createQueryClient } from "./data/query-client.ts";
import type { HubConfig } from "./hub-config.ts";
import { ToastProvider } from "./parts/toast/toast-provider.tsx";
import { RoomOutlet } from "./routing/room-outlet.tsx";
import { AppFrame } from "./shell/app-frame.tsx";
import { KeysProvider } from "./shell/keys/keys-provider.tsx";

export function HubApp({ config }: { config: HubConfig }) {
  const t = useTranslations("shell");
  const [queryClient] = useState(() => createQueryClient(() => goToSignIn(config.signInPath)));
  return (
    <HubConfigProvider config={config}>
      <QueryClientProvider client={queryClient}>
        <NuqsAdapter>
          <LiveProvider>
            <KeysProvider>
              <ToastProvider label={t("notices")}>
                <Suspense>
                  <AppFrame>
                    <RoomOutlet />
                  </AppFrame>
                </Suspense>
              </ToastProvider>
            </KeysProvider>
          </LiveProvider>
        </NuqsAdapter>
      </QueryClientProvider>
    </HubConfigProvider>
  );
}

function goToSignIn(path: string | null) {
  if (path === null) return;
  const here = window.location.pathname + window.location.search;
  window.location.replace(`${path}?next=${encodeURIComponent(here)}`);
}
