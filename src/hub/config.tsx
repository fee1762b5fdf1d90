"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import { type Client, createClient } from "../client/index.ts";
import type { HubConfig } from "./hub-config.ts";

interface HubContext extends HubConfig {
  readonly client: Client;
}

const Context = createContext<HubContext | null>(null);

export function HubConfigProvider({ config, children }: { config: HubConfig; children: ReactNode }) {
  const { basePath, apiPath, signInPath, authPath } = config;
  const value = useMemo(
    () => ({ basePath, apiPath, signInPath, authPath, client: createClient({ baseUrl: apiPath }) }),
    [basePath, apiPath, signInPath, authPath],
  );
  return <Context value={value}>{children}</Context>;
}

/** @throws Error outside of the Hub's root. */
export function useHub(): HubContext {
  const value = useContext(Context);
  if (!value) throw new Error("useHub is used outside of <Hub>");
  return value;
}
