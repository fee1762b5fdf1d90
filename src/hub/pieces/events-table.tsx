"use client";

import { lazy } from "react";
import { Piece, type PieceProps } from "./piece.tsx";

const PLACES = [{ pattern: "/events/:id?", Room: lazy(() => import("../events/events-room.tsx")) }] as const;

/** What came in, newest first, with the raw request, its verdict and its deliveries. */
export function EventsTable(props: PieceProps) {
  return <Piece {...props} start="/events" places={PLACES} />;
}
