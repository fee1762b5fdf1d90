"use client";

import { lazy } from "react";
import { Piece, type PieceProps } from "./piece.tsx";

const PLACES = [{ pattern: "/", Room: lazy(() => import("../overview/overview-room.tsx")) }] as const;

/** Plugs, flows, wires and handlers as a picture, with what goes through them. */
export function TopologyCanvas(props: PieceProps) {
  return <Piece {...props} start="/" places={PLACES} />;
}
