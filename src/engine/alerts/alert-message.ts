import { z } from "zod";
import { alertIncidentSchema, type NotificationKind } from "../../contract/index.ts";
import { duration } from "./describe-incident.ts";

const oneSchema = z.object({ kind: z.enum(["opened", "reminder", "resolved"]), incident: alertIncidentSchema });
/** One thing to tell. */
export type AlertNotice = z.infer<typeof oneSchema>;

/** What a notification holds: one notice, several in a summary, none in a test. As it was when it was decided. */
export const noticesSchema = z.object({ notices: z.array(oneSchema), more: z.number().default(0) });
export type Notices = z.infer<typeof noticesSchema>;

/** A message as every channel tells it in its own way. */
export interface AlertMessage {
  /** The same at every try, so that the other side can tell a repeat. */
  readonly id: string;
  readonly kind: NotificationKind;
  readonly notices: readonly AlertNotice[];
  /** Notices left out of a long summary. */
  readonly more: number;
}

/** One line, e.g. for the subject of a mail. */
export function titleOf({ kind, notices, more }: AlertMessage): string {
  const [first] = notices;
  if (kind === "test" || !first) return "Khotan: this is a test of the alert channel";
  if (kind === "summary") return `Khotan: ${notices.length + more} alerts`;
  return `Khotan: ${headOf(first)}`;
}

/** A line for each notice. */
export const linesOf = ({ kind, notices, more }: AlertMessage): string[] =>
  kind === "test" || notices.length === 0
    ? ["Alerts of this hub will arrive here."]
    : [...notices.map(lineOf), ...(more > 0 ? [`… and ${more} more.`] : [])];

const MARKS = { opened: "", reminder: "Still: ", resolved: "Resolved: " } as const;
const headOf = ({ kind, incident }: AlertNotice): string =>
  `${MARKS[kind]}${incident.ruleName} (${incident.subject.label})`;

function lineOf(notice: AlertNotice): string {
  const { kind, incident } = notice;
  const { openedAt, resolvedAt, since } = incident;
  if (kind === "resolved") {
    const lasted = (Date.parse(resolvedAt ?? openedAt) - Date.parse(since)) / 1_000;
    return `${headOf(notice)}: over after ${duration(lasted)}.`;
  }
  return `${headOf(notice)}, ${incident.severity}, since ${since}: ${incident.summary}`;
}
