import { useTranslations } from "use-intl";
import type { CanvasNode } from "../graph/group-by-plug.ts";

const WORDS = [
  "dead",
  "failing",
  "backlog",
  "waiting",
  "paused",
  "off",
  "breaker_open",
  "breaker_half_open",
  "connection_pending",
  "connection_error",
  "connection_expired",
  "connection_revoked",
  "wire_error",
  "wire_expired",
  "failed_run",
  "drift",
] as const;

/** What is wrong with a node, in words; "healthy" when nothing is. */
export function useTrouble() {
  const t = useTranslations("overview.canvas");
  return (node: CanvasNode): string => {
    if (node.kind === "group") return node.bad > 0 ? t("trouble.failing", { count: node.bad }) : t("healthy");
    const word = WORDS.find((known) => known === node.trouble);
    return word ? t(`trouble.${word}`, { count: node.troubleCount }) : t("healthy");
  };
}
