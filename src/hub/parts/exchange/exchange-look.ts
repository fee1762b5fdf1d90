import type { ExchangeRecord } from "../../../contract/index.ts";
import { type Look, RUN_LOOKS } from "../status/status-looks.ts";

/** A call went well when an answer came and said so. */
export const exchangeOk = ({ status, error }: Pick<ExchangeRecord, "status" | "error">): boolean =>
  error === null && status !== null && status < 400;

/** Green, or what its failure means: orange while an attempt follows, red when it was the last word. */
export function exchangeLook(exchange: Pick<ExchangeRecord, "status" | "error">, followed: boolean): Look {
  if (exchangeOk(exchange)) return RUN_LOOKS.succeeded;
  return followed ? { tone: "retry", shape: "arrow-round" } : RUN_LOOKS.failed;
}

/** The path of a URL with its query, without the host that the plug's name already tells. */
export function exchangePath(url: string): string {
  const path = /^[a-z]+:\/\/[^/]+(\/.*)?$/i.exec(url);
  return path ? (path[1] ?? "/") : url;
}
