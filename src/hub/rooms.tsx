import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { IconName } from "../components/ui/icon.tsx";
import { matchPath, type PathParams } from "./routing/match-path.ts";
import type { RoomProps } from "./routing/room-props.ts";

export type { RoomProps } from "./routing/room-props.ts";

export const ROOM_IDS = ["overview", "runs", "events", "plugs", "debugger", "flows", "mappings", "settings"] as const;
export type RoomId = (typeof ROOM_IDS)[number];

interface Place {
  /** Matched from top to bottom; the first that fits wins. */
  readonly pattern: string;
  /** The entry of the sidebar that it belongs to. */
  readonly room: RoomId;
  readonly Room: LazyExoticComponent<ComponentType<RoomProps>>;
}

const Overview = lazy(() => import("./overview/overview-room.tsx"));
const Runs = lazy(() => import("./runs/runs-room.tsx"));
const Run = lazy(() => import("./runs/detail/run-room.tsx"));
const Events = lazy(() => import("./events/events-room.tsx"));
const Rejected = lazy(() => import("./events/rejected/rejected-room.tsx"));
const DeadLetters = lazy(() => import("./events/dead/dead-room.tsx"));
const Plugs = lazy(() => import("./plugs/plugs-room.tsx"));
const Debugger = lazy(() => import("./debugger/debugger-room.tsx"));
const Flows = lazy(() => import("./flows/flows-room.tsx"));
const Conflicts = lazy(() => import("./flows/conflicts/conflicts-room.tsx"));
const FieldMappings = lazy(() => import("./flows/fields/fields-room.tsx"));
const Mappings = lazy(() => import("./mappings/mappings-room.tsx"));
const Caches = lazy(() => import("./mappings/caches/caches-room.tsx"));
const Settings = lazy(() => import("./settings/settings-room.tsx"));
const Door = lazy(() => import("./routing/door-room.tsx"));

/** Every place of the Hub. A new room is a line here, an entry in `NAV` and a folder. */
export const PLACES: readonly Place[] = [
  { pattern: "/", room: "overview", Room: Overview },
  { pattern: "/runs", room: "runs", Room: Runs },
  { pattern: "/runs/:id", room: "runs", Room: Run },
  { pattern: "/events/rejected/:id?", room: "events", Room: Rejected },
  { pattern: "/events/dead/:id?", room: "events", Room: DeadLetters },
  { pattern: "/events/:id?", room: "events", Room: Events },
  { pattern: "/debug", room: "debugger", Room: Debugger },
  { pattern: "/plugs/:plug/debug/:endpoint?", room: "debugger", Room: Debugger },
  { pattern: "/plugs/:plug?", room: "plugs", Room: Plugs },
  { pattern: "/flows/conflicts/:id?", room: "flows", Room: Conflicts },
  { pattern: "/flows/field-mappings/:name?", room: "flows", Room: FieldMappings },
  { pattern: "/flows/:id?", room: "flows", Room: Flows },
  { pattern: "/mappings/caches", room: "mappings", Room: Caches },
  { pattern: "/mappings/:id?", room: "mappings", Room: Mappings },
  { pattern: "/settings/:section?", room: "settings", Room: Settings },
  { pattern: "/open/:id", room: "overview", Room: Door },
];

interface NavEntry {
  readonly id: RoomId;
  readonly to: string;
  readonly icon: IconName;
  /** Second stroke after `g`. */
  readonly key: string;
}

export const NAV: readonly NavEntry[] = [
  { id: "overview", to: "/", icon: "overview", key: "o" },
  { id: "runs", to: "/runs", icon: "runs", key: "r" },
  { id: "events", to: "/events", icon: "events", key: "e" },
  { id: "plugs", to: "/plugs", icon: "plugs", key: "p" },
  { id: "debugger", to: "/debug", icon: "debugger", key: "d" },
  { id: "flows", to: "/flows", icon: "flows", key: "f" },
  { id: "mappings", to: "/mappings", icon: "mappings", key: "m" },
];

/** At the sidebar's foot. */
export const NAV_FOOT: readonly NavEntry[] = [{ id: "settings", to: "/settings", icon: "settings", key: "s" }];

/** The place a path leads to, with its parameters; `null` when there is none. */
export function findPlace(path: string): { readonly place: Place; readonly params: PathParams } | null {
  for (const place of PLACES) {
    const params = matchPath(place.pattern, path);
    if (params) return { place, params };
  }
  return null;
}
