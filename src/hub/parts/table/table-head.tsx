import type { ReactTable } from "@tanstack/react-table";
import { useTranslations } from "use-intl";
import { Checkbox } from "../../../components/ui/checkbox.tsx";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import type { FEATURES } from "./table-features.ts";

interface TableHeadProps<T extends object> {
  readonly table: ReactTable<typeof FEATURES, T>;
  /** Rows of two lines have no columns to name; screen readers still hear them. */
  readonly hidden: boolean;
  /** Rows can be chosen: are those that are loaded? */
  readonly chosen?: boolean | "indeterminate";
  readonly onChoose?: () => void;
}

export function TableHead<T extends object>({ table, hidden, chosen, onChoose }: TableHeadProps<T>) {
  const t = useTranslations("parts");
  return (
    <thead className={hidden ? "sr-only" : undefined}>
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id} aria-rowindex={1}>
          {chosen !== undefined && (
            <th scope="col" className="sticky top-0 z-10 h-8 w-8.5 border-b bg-muted pl-2.5 text-left">
              <Checkbox
                className="align-middle"
                aria-label={t("selectPage")}
                checked={chosen}
                onCheckedChange={() => onChoose?.()}
              />
            </th>
          )}
          {group.headers.map((header) => {
            const look = header.column.columnDef.meta;
            return (
              <th
                key={header.id}
                scope="col"
                aria-sort={look?.sorted ? "descending" : undefined}
                style={{ width: look?.width }}
                className={cn(
                  "sticky top-0 z-10 h-8 border-b bg-muted px-2 first:pl-2.5 last:pr-2.5 text-left text-2xs font-medium whitespace-nowrap text-muted-foreground",
                  look?.align === "right" && "text-right",
                )}
              >
                <span className={look?.quiet ? "sr-only" : "inline-flex items-center gap-1"}>
                  <table.FlexRender header={header} />
                  {look?.sorted && <Icon name="chevron-down" className="size-3" />}
                </span>
              </th>
            );
          })}
        </tr>
      ))}
    </thead>
  );
}
