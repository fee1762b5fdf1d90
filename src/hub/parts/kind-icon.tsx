import { cn } from "../../components/ui/cn.ts";
import { Icon, type IconName } from "../../components/ui/icon.tsx";
import type { RunKind } from "../../contract/index.ts";

const KIND_ICONS: Record<RunKind, IconName> = {
  catch: "catch",
  pass: "pass",
  inflow: "inflow",
  outflow: "outflow",
  relay: "relay",
  action: "play",
};

/** What kind of thing runs. */
export function KindIcon({ kind, className }: { kind: RunKind; className?: string }) {
  return <Icon name={KIND_ICONS[kind]} className={cn("text-faint-foreground", className)} />;
}

/** An icon on a small grey tile, as at the start of a header or a list row. */
export function IconTile({ name, className }: { name: IconName; className?: string }) {
  return (
    <span
      data-slot="icon-tile"
      className={cn("grid size-6.5 shrink-0 place-items-center rounded-sm bg-accent text-muted-foreground", className)}
    >
      <Icon name={name} className="size-3.5" />
    </span>
  );
}

export const kindIcon = (kind: RunKind): IconName => KIND_ICONS[kind];
