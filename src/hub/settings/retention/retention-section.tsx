"use client";

import { useTranslations } from "use-intl";
import { NeedsAdmin } from "../needs-admin.tsx";
import { RulesCard } from "./rules-card.tsx";
import { TablesCard } from "./tables-card.tsx";

/** How long things are kept, and what takes how much room. */
export default function RetentionSection() {
  const t = useTranslations("settings");
  return (
    <>
      <NeedsAdmin title={t("retention.title")}>
        <RulesCard />
      </NeedsAdmin>
      <TablesCard />
    </>
  );
}
