"use client";

import { lazy } from "react";
import { Piece, type PieceProps } from "./piece.tsx";

const PLACES = [
  { pattern: "/runs", Room: lazy(() => import("../runs/runs-room.tsx")) },
  { pattern: "/runs/:id", Room: lazy(() => import("../runs/detail/run-room.tsx")) },
] as const;

/** The runs: filters, histogram, live rows, and one run in detail. */
export function RunsTable(props: PieceProps) {
  return <Piece {...props} start="/runs" places={PLACES} />;
}
