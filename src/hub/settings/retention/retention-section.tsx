"use client";

import { NeedsAdmin } from "../needs-admin.tsx";
import { RulesCard } from "./rules-card.tsx";
import { TablesCard } from "./tables-card.tsx";

/** How long things are kept, and what takes how much room. */
export default function RetentionSection() {
  return (
    <>
      <NeedsAdmin>
        <RulesCard />
      </NeedsAdmin>
      <TablesCard />
    </>
  );
}
