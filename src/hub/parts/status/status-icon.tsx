import type { ReactElement } from "react";
import { cn } from "../../../components/ui/cn.ts";
import type { Look, Shape } from "./status-looks.ts";
import { TONE_CLASSES } from "./tone-classes.ts";

const CROSS = <path d="m5.9 5.9 4.2 4.2M10.1 5.9l-4.2 4.2" stroke="var(--card)" strokeWidth="1.6" />;

const DRAWINGS: Record<Shape, ReactElement> = {
  "ring-dashed": <circle cx="8" cy="8" r="5.5" strokeDasharray="2.2 2.12" />,
  "ring-open": (
    <>
      <circle cx="8" cy="8" r="5.5" opacity=".28" />
      <path d="M8 2.5A5.5 5.5 0 0 1 13.5 8" className="motion-reduce:hidden" />
      <path d="M8 2.5A5.5 5.5 0 1 1 2.5 8" className="hidden motion-reduce:block" />
    </>
  ),
  "disc-tick": (
    <>
      <circle cx="8" cy="8" r="6.25" fill="currentColor" stroke="none" />
      <path d="m5.3 8.2 1.9 1.9 3.6-4" stroke="var(--card)" strokeWidth="1.6" />
    </>
  ),
  "disc-half": (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" stroke="none" />
    </>
  ),
  "disc-cross": (
    <>
      <circle cx="8" cy="8" r="6.25" fill="currentColor" stroke="none" />
      {CROSS}
    </>
  ),
  "arrow-round": <path d="M13.25 8A5.25 5.25 0 1 1 11.6 4.2M13 2v2.9h-2.9" />,
  "octagon-cross": (
    <>
      <path d="M5.4 1.75h5.2l3.65 3.65v5.2l-3.65 3.65H5.4L1.75 10.6V5.4z" fill="currentColor" stroke="none" />
      {CROSS}
    </>
  ),
  "ring-slash": (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="m4.2 11.8 7.6-7.6" />
    </>
  ),
  "ring-bar": (
    <>
      <circle cx="8" cy="8" r="5.5" strokeDasharray="2.2 2.12" />
      <path d="M5.75 8h4.5" />
    </>
  ),
};

/** The drawing of a status, 14 px unless told otherwise. The word beside it names it. */
export function StatusIcon({ look, className }: { look: Look; className?: string }) {
  return (
    <svg
      data-slot="status-icon"
      aria-hidden="true"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={cn(
        "size-3.5 shrink-0",
        TONE_CLASSES[look.tone].solid,
        look.shape === "ring-open" && "animate-spin",
        className,
      )}
    >
      {DRAWINGS[look.shape]}
    </svg>
  );
}
