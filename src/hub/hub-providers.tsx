"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { HubConfigProvider } from "./config.tsx";
import { LiveProvider } from "./data/live.tsx";
import { createQueryClient } from "./data/query-client.ts";
import type { HubConfig } from "./hub-config.ts";
import { ToastProvider } from "./parts/toast/toast-provider.tsx";
import { KeysProvider } from "./shell/keys/keys-provider.tsx";

interface HubProvidersProps {
  readonly config: HubConfig;
  /** Whether single letters are shortcuts: only where the page is all the Hub's. */
  readonly keys: boolean;
  readonly children: ReactNode;
}

/** What rooms need around them, in the whole Hub and in a page of the host's. */
export function HubProviders({ config, keys, children }: HubProvidersProps) {
  const t = useTranslations("shell");
  const [queryClient] = useState(() => createQueryClient(() => goToSignIn(config.signInPath)));
  return (
    <HubConfigProvider config={config}>
      <QueryClientProvider client={queryClient}>
        <NuqsAdapter>
          <LiveProvider>
            <KeysProvider listen={keys}>
              <ToastProvider label={t("notices")}>{children}</ToastProvider>
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
