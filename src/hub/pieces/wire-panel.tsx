"use client";

import { lazy } from "react";
import { Piece, type PieceProps } from "./piece.tsx";

const PLACES = [{ pattern: "/wire/:plug", Room: lazy(() => import("./wire-panel-room.tsx")) }] as const;

interface WirePanelProps extends PieceProps {
  /** The plug's name. */
  readonly plug: string;
}

/** A plug's webhook subscription, and how to set it up. */
export function WirePanel({ plug, ...props }: WirePanelProps) {
  return <Piece key={plug} {...props} start={`/wire/${plug}`} places={PLACES} />;
}
