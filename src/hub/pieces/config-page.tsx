"use client";

import { lazy } from "react";
import { Piece, type PieceProps } from "./piece.tsx";

const PLACES = [{ pattern: "/plugs/:plug?", Room: lazy(() => import("../plugs/plugs-room.tsx")) }] as const;

/** All plugs: their variables, wires, handlers and limits. */
export function ConfigPage(props: PieceProps) {
  return <Piece {...props} start="/plugs" places={PLACES} />;
}
