import type { InputFor } from "../../../client/index.ts";
import type { AlertMetric, AlertRule, AlertSeverity } from "../../../contract/index.ts";
import { FIRST_THRESHOLD, isMeasured } from "./metrics.ts";

/** The form of a rule: every field as it is typed. */
export interface RuleDraft {
  readonly name: string;
  readonly metric: AlertMetric;
  readonly severity: AlertSeverity;
  readonly threshold: string;
  readonly clearThreshold: string;
  readonly forMinutes: string;
  readonly clearMinutes: string;
  readonly windowMinutes: string;
  readonly minCount: string;
  readonly plug: string;
  readonly tenant: string;
  readonly channelIds: readonly string[];
  readonly notifyResolved: boolean;
  /** Empty: told once. */
  readonly renotifyMinutes: string;
}

export const NEW_RULE: RuleDraft = {
  name: "",
  metric: "dead_letters",
  severity: "warning",
  threshold: String(FIRST_THRESHOLD.dead_letters),
  clearThreshold: "",
  forMinutes: "0",
  clearMinutes: "0",
  windowMinutes: "15",
  minCount: "10",
  plug: "",
  tenant: "",
  channelIds: [],
  notifyResolved: true,
  renotifyMinutes: "",
};

const text = (value: number | null): string => (value === null ? "" : String(value));

/** A rule as the form shows it. */
export const draftOf = (rule: AlertRule): RuleDraft => ({
  name: rule.name,
  metric: rule.metric,
  severity: rule.severity,
  threshold: text(rule.threshold),
  clearThreshold: text(rule.clearThreshold),
  forMinutes: String(rule.forMinutes),
  clearMinutes: String(rule.clearMinutes),
  windowMinutes: String(rule.windowMinutes),
  minCount: String(rule.minCount),
  plug: rule.plug ?? "",
  tenant: rule.tenant ?? "",
  channelIds: rule.channelIds,
  notifyResolved: rule.notifyResolved,
  renotifyMinutes: text(rule.renotifyMinutes),
});

const orNull = (typed: string): number | null => (typed.trim() === "" ? null : Number(typed));
const nameOrNull = (typed: string): string | null => typed.trim() || null;

/** What is sent of it; what cannot be of its metric is left out. */
export function ruleBody(draft: RuleDraft): NonNullable<InputFor<"updateAlertRule">["body"]> {
  const measured = isMeasured(draft.metric);
  return {
    name: draft.name.trim(),
    severity: draft.severity,
    threshold: measured ? Number(draft.threshold) : null,
    clearThreshold: measured ? orNull(draft.clearThreshold) : null,
    forMinutes: Number(draft.forMinutes),
    clearMinutes: Number(draft.clearMinutes),
    ...(draft.metric === "failure_rate"
      ? { windowMinutes: Number(draft.windowMinutes), minCount: Number(draft.minCount) }
      : {}),
    plug: nameOrNull(draft.plug),
    tenant: nameOrNull(draft.tenant),
    channelIds: [...draft.channelIds],
    notifyResolved: draft.notifyResolved,
    renotifyMinutes: orNull(draft.renotifyMinutes),
  };
}
