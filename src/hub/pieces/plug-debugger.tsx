"use client";

import { lazy } from "react";
import { Piece, type PieceProps } from "./piece.tsx";

const PLACES = [
  { pattern: "/debug", Room: lazy(() => import("../debugger/debugger-room.tsx")) },
  { pattern: "/plugs/:plug/debug/:endpoint?", Room: lazy(() => import("../debugger/debugger-room.tsx")) },
] as const;

/** Requests by a plug's real path, and what is answered. */
export function PlugDebugger(props: PieceProps) {
  return <Piece {...props} start="/debug" places={PLACES} />;
}
