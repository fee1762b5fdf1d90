import type { AttemptRecord, ExchangeRecord } from "../../../contract/index.ts";

/** A row of the waterfall: an attempt, a call made during it, or the sleep before the next one. */
export interface TimelineRow {
  readonly id: string;
  readonly kind: "attempt" | "exchange" | "sleep";
  readonly attempt: AttemptRecord | null;
  readonly exchange: ExchangeRecord | null;
  /** Another attempt follows, or will. */
  readonly followed: boolean;
  /** Milliseconds since the epoch; a sleep may end ahead of now. */
  readonly startMs: number;
  readonly endMs: number;
  readonly durationMs: number;
  /** Percent of the axis. */
  readonly left: number;
  readonly width: number;
  /** Where there is room for the words beside the bar. */
  readonly labelSide: "left" | "right";
  /** Still going on: the end moves with the clock. */
  readonly open: boolean;
}

export interface TimelineTick {
  readonly left: number;
  /** Since the start of the run. */
  readonly offsetMs: number;
  /** `start` opens a stretch after a sleep, `step` divides one. */
  readonly kind: "start" | "step";
}

export interface Timeline {
  readonly rows: readonly TimelineRow[];
  readonly ticks: readonly TimelineTick[];
}

export interface TimelineInput {
  readonly attempts: readonly AttemptRecord[];
  /** Outbound calls, in any order. */
  readonly exchanges?: readonly ExchangeRecord[];
  /** When the next attempt is due, if one is. */
  readonly nextAttemptAt: string | null;
  readonly nowMs: number;
  /** Draw every sleep as a short gap instead of to scale. */
  readonly fold: boolean;
}

interface Stretch {
  readonly kind: "attempt" | "sleep";
  readonly attempt: AttemptRecord | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly open: boolean;
}

/** A folded sleep takes this much of the axis, as long as there are few of them. */
const GAP = 6;
/** Where the last bar ends: close to the edge, or far enough from it for the words of a bar that fills the axis. */
const END = 98;
const END_WITH_WORDS = 88;

/**
 * Lay out the waterfall of a run. Times never overlap: attempts follow each other, sleeps lie between.
 */
export function layoutTimeline({ attempts, exchanges = [], nextAttemptAt, nowMs, fold }: TimelineInput): Timeline {
  const stretches = toStretches(attempts, nextAttemptAt, nowMs);
  const first = stretches[0];
  if (!first) return { rows: [], ticks: [] };
  const share = fold ? foldedWidths : trueWidths;
  const roomy = share(stretches, END);
  const widths = (roomy[0] ?? 0) > END_WITH_WORDS ? share(stretches, END_WITH_WORDS) : roomy;
  const rows: TimelineRow[] = [];
  const ticks: TimelineTick[] = [];
  let left = 0;
  for (const [index, stretch] of stretches.entries()) {
    const width = widths[index] ?? 0;
    const durationMs = stretch.endMs - stretch.startMs;
    const followed = index < stretches.length - 1;
    rows.push({
      ...stretch,
      id: stretch.kind === "attempt" ? `attempt:${stretch.attempt?.no}` : `sleep:${index}`,
      exchange: null,
      followed,
      durationMs,
      left,
      width,
      labelSide: sideOf(left, width),
    });
    if (stretch.kind === "attempt") {
      for (const exchange of madeDuring(stretch, exchanges)) {
        rows.push(exchangeRow(exchange, stretch, { left, width, followed }));
      }
      const offsetMs = stretch.startMs - first.startMs;
      ticks.push({ left, offsetMs, kind: "start" });
      for (const step of innerSteps(durationMs, width)) {
        ticks.push({ left: left + (step / durationMs) * width, offsetMs: offsetMs + step, kind: "step" });
      }
    }
    left += width;
  }
  return { rows, ticks: thin(ticks) };
}

const sideOf = (left: number, width: number): "left" | "right" => (left + width > 70 && left > 26 ? "left" : "right");

const madeDuring = ({ startMs, endMs }: Stretch, exchanges: readonly ExchangeRecord[]): ExchangeRecord[] =>
  exchanges
    .filter(({ startedAt }) => Date.parse(startedAt) >= startMs && Date.parse(startedAt) <= endMs)
    .toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));

interface Place {
  readonly left: number;
  readonly width: number;
  readonly followed: boolean;
}

/** A call lies inside its attempt, to the attempt's scale. */
function exchangeRow(exchange: ExchangeRecord, { startMs, endMs }: Stretch, place: Place): TimelineRow {
  const begin = Date.parse(exchange.startedAt);
  const scale = endMs > startMs ? place.width / (endMs - startMs) : 0;
  const left = place.left + (begin - startMs) * scale;
  const width = Math.max(0, Math.min(exchange.durationMs * scale, place.left + place.width - left));
  return {
    id: exchange.id,
    kind: "exchange",
    attempt: null,
    exchange,
    followed: place.followed,
    startMs: begin,
    endMs: begin + exchange.durationMs,
    durationMs: exchange.durationMs,
    left,
    width,
    labelSide: sideOf(left, width),
    open: false,
  };
}

function toStretches(attempts: readonly AttemptRecord[], nextAttemptAt: string | null, nowMs: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [index, attempt] of attempts.entries()) {
    const startMs = Date.parse(attempt.startedAt);
    const endMs = attempt.finishedAt ? Date.parse(attempt.finishedAt) : Math.max(nowMs, startMs);
    stretches.push({
      kind: "attempt",
      attempt,
      startMs,
      endMs: Math.max(endMs, startMs),
      open: attempt.finishedAt === null,
    });
    const following = attempts[index + 1];
    const until = following ? Date.parse(following.startedAt) : nextAttemptAt ? Date.parse(nextAttemptAt) : endMs;
    if (until > endMs && attempt.finishedAt) {
      stretches.push({ kind: "sleep", attempt: null, startMs: endMs, endMs: until, open: !following });
    }
  }
  return stretches;
}

function foldedWidths(stretches: readonly Stretch[], end: number): number[] {
  const sleeps = stretches.filter(({ kind }) => kind === "sleep").length;
  const gap = sleeps === 0 ? 0 : Math.min(GAP, 45 / sleeps);
  const room = end - gap * sleeps;
  const attempts = stretches.filter(({ kind }) => kind === "attempt");
  const total = attempts.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs), 0);
  // Every attempt gets a twentieth of an even share, so that a quick one next to a slow one is still a bar.
  const least = room / attempts.length / 20;
  const rest = room - least * attempts.length;
  return stretches.map(({ kind, startMs, endMs }) => {
    if (kind === "sleep") return gap;
    return least + (total === 0 ? rest / attempts.length : (rest * (endMs - startMs)) / total);
  });
}

function trueWidths(stretches: readonly Stretch[], end: number): number[] {
  const total = stretches.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs), 0);
  return stretches.map(({ startMs, endMs }) =>
    total === 0 ? end / stretches.length : (end * (endMs - startMs)) / total,
  );
}

/** Round steps inside one attempt, at least 14 % of the axis apart. */
function innerSteps(durationMs: number, width: number): number[] {
  const room = Math.floor(width / 14);
  if (room < 1 || durationMs <= 0) return [];
  const raw = durationMs / room;
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 4, 5, 10].find((factor) => factor * magnitude >= raw) ?? 10) * magnitude;
  const steps: number[] = [];
  for (let at = step; at < durationMs * 0.97; at += step) steps.push(at);
  return steps;
}

/** Drop ticks whose words would touch; the starts of stretches go first. */
function thin(ticks: readonly TimelineTick[]): TimelineTick[] {
  const kept: TimelineTick[] = [];
  const wanted = [...ticks].toSorted((a, b) => Number(b.kind === "start") - Number(a.kind === "start"));
  for (const tick of wanted) {
    if (tick.left > 94) continue;
    if (kept.every((other) => Math.abs(other.left - tick.left) >= 9)) kept.push(tick);
  }
  return kept.toSorted((a, b) => a.left - b.left);
}
