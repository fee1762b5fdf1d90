"use client";

import { VariablesCard } from "../plugs/variables/variables-card.tsx";
import type { RoomProps } from "../routing/room-props.ts";
import { OnePlug } from "./one-plug.tsx";

export default function VarPanelRoom({ params: { plug = "" } }: RoomProps) {
  return (
    <OnePlug name={plug}>
      {(record, tenant, setTenant) => <VariablesCard key={tenant} plug={record} tenant={tenant} onTenant={setTenant} />}
    </OnePlug>
  );
}
