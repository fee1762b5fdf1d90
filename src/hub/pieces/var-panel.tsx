"use client";

import { lazy } from "react";
import { Piece, type PieceProps } from "./piece.tsx";

const PLACES = [{ pattern: "/vars/:plug", Room: lazy(() => import("./var-panel-room.tsx")) }] as const;

interface VarPanelProps extends PieceProps {
  /** The plug's name. */
  readonly plug: string;
}

/** A plug's variables, secrets masked. */
export function VarPanel({ plug, ...props }: VarPanelProps) {
  return <Piece key={plug} {...props} start={`/vars/${plug}`} places={PLACES} />;
}
