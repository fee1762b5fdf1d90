import type { MappingRecord } from "../../contract/index.ts";
import { TimeText } from "../parts/time/time-text.tsx";
import { connectText } from "./ref-plugs.ts";

/** A mapping on a small screen: what it is, and what it is called where. */
export function MappingRow(mapping: MappingRecord) {
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">{connectText(mapping)}</span>
        <TimeText at={mapping.updatedAt} className="text-xs text-muted-foreground tabular-nums" />
      </div>
      <div className="flex items-center gap-2 text-xs text-muted-foreground">
        <span className="shrink-0">{mapping.resource}</span>
        <span className="truncate font-mono">
          {Object.entries(mapping.refs)
            .map(([plug, ref]) => `${plug} ${ref}`)
            .join(", ")}
        </span>
      </div>
    </div>
  );
}
