import type { Tone } from "./status-looks.ts";

/** Class names per tone, written out so that Tailwind finds them. */
export const TONE_CLASSES: Record<
  Tone,
  { readonly solid: string; readonly text: string; readonly soft: string; readonly bar: string }
> = {
  pending: {
    solid: "text-st-pending",
    text: "text-st-pending-fg",
    soft: "bg-st-pending-bg ring-st-pending-line",
    bar: "bg-st-pending",
  },
  running: {
    solid: "text-st-running",
    text: "text-st-running-fg",
    soft: "bg-st-running-bg ring-st-running-line",
    bar: "bg-st-running",
  },
  succeeded: {
    solid: "text-st-succeeded",
    text: "text-st-succeeded-fg",
    soft: "bg-st-succeeded-bg ring-st-succeeded-line",
    bar: "bg-st-succeeded",
  },
  partial: {
    solid: "text-st-partial",
    text: "text-st-partial-fg",
    soft: "bg-st-partial-bg ring-st-partial-line",
    bar: "bg-st-partial",
  },
  retry: {
    solid: "text-st-retry",
    text: "text-st-retry-fg",
    soft: "bg-st-retry-bg ring-st-retry-line",
    bar: "bg-st-retry",
  },
  failed: {
    solid: "text-st-failed",
    text: "text-st-failed-fg",
    soft: "bg-st-failed-bg ring-st-failed-line",
    bar: "bg-st-failed",
  },
  dead: {
    solid: "text-st-dead",
    text: "text-st-dead-fg",
    soft: "bg-st-dead-bg ring-st-dead-line",
    bar: "bg-st-dead",
  },
  cancelled: {
    solid: "text-st-cancelled",
    text: "text-st-cancelled-fg",
    soft: "bg-st-cancelled-bg ring-st-cancelled-line",
    bar: "bg-st-cancelled",
  },
};
