"use client";

import "../hub.css";
import {
  type ComponentType,
  type CSSProperties,
  type LazyExoticComponent,
  Suspense,
  useEffect,
  useMemo,
  useState,
} from "react";
import { type Messages, useTranslations } from "use-intl";
import { DEFAULT_CONFIG } from "../hub-config.ts";
import { HubProviders } from "../hub-providers.tsx";
import { ErrorBoundary } from "../parts/state/error-boundary.tsx";
import { ErrorState } from "../parts/state/error-state.tsx";
import { matchPath } from "../routing/match-path.ts";
import { PlaceProvider } from "../routing/place.tsx";
import type { RoomProps } from "../routing/room-props.ts";
import { FONT_CLASSES } from "../shell/fonts.ts";
import { KhotanRootClient } from "../shell/khotan-root-client.tsx";
import { type HubLocale, pickLocale, type Theme } from "../shell/preferences.ts";

/** A part of the Hub in a page of the host's. */
export interface PieceProps {
  /** Where `toNextJsHandler` is mounted. Default `/api/khotan`. */
  readonly apiPath?: string;
  /** Where the whole Hub is mounted, which links to other rooms lead to. Default `/hub`. */
  readonly hubPath?: string;
  /** The page to go to when the API answers 401. Default: the error is shown. */
  readonly signInPath?: string | null;
  /** Default `system`. */
  readonly theme?: Theme;
  /** Default: the browser's, when we have it. */
  readonly locale?: HubLocale;
  /** It fills what is around it; default a height of 40rem. */
  readonly style?: CSSProperties;
}

export interface PiecePlace {
  readonly pattern: string;
  readonly Room: LazyExoticComponent<ComponentType<RoomProps>>;
}

interface PieceRooms {
  /** The path that is shown first. */
  readonly start: string;
  readonly places: readonly PiecePlace[];
}

const HEIGHT: CSSProperties = { height: "40rem" };

/** Rooms that stand alone: they remember their place themselves and leave the address to the host. */
export function Piece({ start, places, ...props }: PieceProps & PieceRooms) {
  const messages = useMessages(props.locale);
  return (
    <div style={props.style ?? HEIGHT}>
      {messages && (
        <KhotanRootClient {...ROOT} locale={messages.locale} messages={messages.texts} theme={props.theme ?? "system"}>
          <PieceRoom start={start} places={places} {...props} />
        </KhotanRootClient>
      )}
    </div>
  );
}

const ROOT = { className: `${FONT_CLASSES} flex h-full min-h-0 flex-col`, sidebar: "auto" } as const;

function PieceRoom({ start, places, apiPath, hubPath, signInPath }: PieceProps & PieceRooms) {
  const t = useTranslations("shell");
  const [path, setPath] = useState(start);
  const config = {
    ...DEFAULT_CONFIG,
    ...(apiPath !== undefined && { apiPath }),
    ...(hubPath !== undefined && { basePath: hubPath }),
    ...(signInPath !== undefined && { signInPath }),
  };
  const { basePath } = config;
  const here = useMemo(() => {
    const go = (to: string) => {
      const next = to.split("?")[0] ?? to;
      if (placeOf(places, next)) setPath(next);
      else window.location.assign(basePath + to);
    };
    return { path, go };
  }, [path, places, basePath]);
  const found = placeOf(places, path);
  return (
    <HubProviders config={config} keys={false}>
      <PlaceProvider value={here}>
        <ErrorBoundary
          resetKey={path}
          fallback={(error, reset) => <ErrorState title={t("roomFailed")} error={error} onRetry={reset} />}
        >
          <Suspense>{found && <found.Room params={found.params} />}</Suspense>
        </ErrorBoundary>
      </PlaceProvider>
    </HubProviders>
  );
}

function placeOf(places: readonly PiecePlace[], path: string) {
  for (const { pattern, Room } of places) {
    const params = matchPath(pattern, path);
    if (params) return { Room, params };
  }
  return null;
}

interface Loaded {
  readonly locale: HubLocale;
  readonly texts: Messages;
}

/** In the browser only, which knows the language; the server sends the empty place. */
function useMessages(chosen: HubLocale | undefined): Loaded | null {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    let isHere = true;
    void loadMessages(pickLocale(chosen, navigator.languages.join(","))).then((next) => {
      if (isHere) setLoaded(next);
    });
    return () => {
      isHere = false;
    };
  }, [chosen]);
  return loaded;
}

async function loadMessages(locale: HubLocale): Promise<Loaded> {
  switch (locale) {
    case "en":
      return { locale, texts: (await import("../messages/en.ts")).en };
    case "de":
      return { locale, texts: (await import("../messages/de.ts")).de };
  }
}
