import { cn } from "../../../components/ui/cn.ts";

const VERBS: Record<string, string> = {
  GET: "text-st-running-fg",
  POST: "text-st-succeeded-fg",
  PUT: "text-st-partial-fg",
  PATCH: "text-st-partial-fg",
  DELETE: "text-st-failed-fg",
};

/** The colour of what a method does. */
export const verbClass = (method: string): string => VERBS[method] ?? "text-muted-foreground";

/** An HTTP method, in the colour of what it does. */
export function MethodVerb({ method, className }: { method: string; className?: string }) {
  return <span className={cn("font-mono text-2xs font-semibold", verbClass(method), className)}>{method}</span>;
}
