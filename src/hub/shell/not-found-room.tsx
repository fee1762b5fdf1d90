"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { EmptyState } from "../parts/state/empty-state.tsx";
import { HubLink } from "../routing/hub-link.tsx";
import { PageFrame } from "./page-frame.tsx";

export function NotFoundRoom({ path }: { path: string }) {
  const t = useTranslations("shell");
  return (
    <PageFrame title={t("notFound.title")}>
      <EmptyState title={t("notFound.title")} text={t("notFound.text", { path })}>
        <Button asChild>
          <HubLink to="/">{t("notFound.back")}</HubLink>
        </Button>
      </EmptyState>
    </PageFrame>
  );
}
