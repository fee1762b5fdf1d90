import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { LogLine } from "../../../contract/index.ts";
import { useHub } from "../../config.tsx";
import { throttle } from "../../data/throttle.ts";
import { apiKey } from "../../data/use-api.ts";

/**
 * Follow a run while it lives: its log line by line, itself when it changes.
 *
 * @returns the lines that came since, in order; those the run was read with are not repeated.
 */
export function useRunStream(id: string, live: boolean): readonly LogLine[] {
  const { client } = useHub();
  const queryClient = useQueryClient();
  const [lines, setLines] = useState<{ readonly id: string; readonly lines: readonly LogLine[] }>({ id, lines: [] });

  useEffect(() => {
    if (!live) return;
    const stop = new AbortController();
    const refresh = throttle(() => {
      void queryClient.invalidateQueries({ queryKey: apiKey("getRun", { params: { id } }) });
    }, 500);
    const follow = async () => {
      const events = await client.streamRun({ params: { id }, signal: stop.signal });
      for await (const { event, data } of events) {
        if (event !== "log") {
          refresh.call();
          continue;
        }
        const line = readLine(data);
        if (!line) continue;
        setLines((known) =>
          known.id === id && known.lines.some(({ seq }) => seq === line.seq)
            ? known
            : { id, lines: [...(known.id === id ? known.lines : []), line].slice(-2_000) },
        );
      }
    };
    // A cut is no drama: the general stream still tells that the run changed.
    follow().catch(() => undefined);
    return () => {
      stop.abort();
      refresh.cancel();
    };
  }, [client, queryClient, id, live]);
  return lines.id === id ? lines.lines : [];
}

/** What the server of the same version sends; only its outline is checked. */
function readLine(data: string): LogLine | null {
  try {
    const line: LogLine = JSON.parse(data);
    return typeof line.seq === "number" && typeof line.message === "string" ? line : null;
  } catch {
    return null;
  }
}
