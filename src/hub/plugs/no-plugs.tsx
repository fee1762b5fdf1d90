"use client";

import { useTranslations } from "use-intl";
import { CodeBlock } from "../parts/code/code-block.tsx";
import { EmptyState } from "../parts/state/empty-state.tsx";

const ADD_PLUG = "npx khotan add plug shop --base-url https://api.shop.example";

/** The app registers no plug yet: how to get the first one. */
export function NoPlugs({ className }: { className?: string }) {
  const t = useTranslations("plugs");
  const parts = useTranslations("parts");
  return (
    <EmptyState
      title={t("nothing")}
      text={t.rich("nothingText", { code: (chunks) => <code>{chunks}</code> })}
      className={className}
    >
      <CodeBlock text={ADD_PLUG} label={parts("copyValue")} />
    </EmptyState>
  );
}
