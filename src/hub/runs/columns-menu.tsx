"use client";

import { lazy } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Icon } from "../../components/ui/icon.tsx";
import { LazyOverlay } from "../parts/lazy-overlay.tsx";
import type { RunColumn } from "./run-column-choice.ts";

const load = () => import("./columns-menu-open.tsx");
const ColumnsMenuOpen = lazy(load);

interface ColumnsMenuProps {
  readonly shown: readonly RunColumn[];
  readonly onToggle: (column: RunColumn) => void;
}

/** Which columns are seen; small screens have none. */
export function ColumnsMenu({ shown, onToggle }: ColumnsMenuProps) {
  const t = useTranslations("runs");
  return (
    <LazyOverlay
      load={load}
      trigger={
        <Button className="small:hidden">
          <Icon name="columns" className="size-3.5" />
          {t("columns")}
        </Button>
      }
    >
      {(trigger) => <ColumnsMenuOpen trigger={trigger} shown={shown} onToggle={onToggle} />}
    </LazyOverlay>
  );
}
