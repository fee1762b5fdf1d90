"use client";

import { WireCard } from "../plugs/wire/wire-card.tsx";
import type { RoomProps } from "../routing/room-props.ts";
import { OnePlug } from "./one-plug.tsx";

export default function WirePanelRoom({ params: { plug = "" } }: RoomProps) {
  return <OnePlug name={plug}>{(record, tenant) => <WireCard key={tenant} plug={record} tenant={tenant} />}</OnePlug>;
}
