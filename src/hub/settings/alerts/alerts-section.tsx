"use client";

import { useMay } from "../../data/use-overview.ts";
import { ChannelsCard } from "./channels-card.tsx";
import { IncidentsCard } from "./incidents-card.tsx";
import { RulesCard } from "./rules-card.tsx";

/** What went wrong, what is watched, and who is told. */
export default function AlertsSection() {
  const admin = useMay("admin");
  return (
    <>
      <IncidentsCard />
      <RulesCard />
      {admin && <ChannelsCard />}
    </>
  );
}
