import type { ReactElement } from "react";

/** The drawings, on a grid of 16 with a line of 1.4. Statuses have their own, in `src/hub/parts/status`. */
export const ICONS = {
  "arrow-down": <path d="M8 2.5v11M4 9.5l4 4 4-4" />,
  "arrow-left": <path d="M13.5 8h-11M6.5 4l-4 4 4 4" />,
  "arrow-right": <path d="M2.5 8h11M9.5 4l4 4-4 4" />,
  "arrow-up": <path d="M8 10V2M5 5l3-3 3 3M2.25 13.75h11.5" />,
  bookmark: <path d="M4 2.25h8v11.5L8 11l-4 2.75z" />,
  catch: <path d="M1.75 8h7.5M6.5 5.25 9.25 8 6.5 10.75M10 2.75h2.25a2 2 0 0 1 2 2v6.5a2 2 0 0 1-2 2H10" />,
  check: <path d="m3 8.5 3.25 3.25L13 4.75" />,
  "chevron-down": <path d="m4.5 6.25 3.5 3.5 3.5-3.5" />,
  "chevron-right": <path d="m6.25 4.5 3.5 3.5-3.5 3.5" />,
  "chevron-up": <path d="m4.5 9.75 3.5-3.5 3.5 3.5" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M8 4.5V8l2.25 1.5" />
    </>
  ),
  code: <path d="m5 4.5-3.5 3.5L5 11.5M11 4.5l3.5 3.5-3.5 3.5" />,
  columns: (
    <>
      <rect x="1.75" y="2.75" width="12.5" height="10.5" rx="1.75" />
      <path d="M6 2.75v10.5M10.25 2.75v10.5" />
    </>
  ),
  copy: (
    <>
      <rect x="5.75" y="5.75" width="8.5" height="8.5" rx="2" />
      <path d="M10.25 3.5v-.25a1.5 1.5 0 0 0-1.5-1.5H3.25a1.5 1.5 0 0 0-1.5 1.5v5.5a1.5 1.5 0 0 0 1.5 1.5h.25" />
    </>
  ),
  database: (
    <>
      <ellipse cx="8" cy="3.75" rx="5.25" ry="2" />
      <path d="M2.75 3.75v8.5c0 1.1 2.35 2 5.25 2s5.25-.9 5.25-2v-8.5M2.75 8c0 1.1 2.35 2 5.25 2s5.25-.9 5.25-2" />
    </>
  ),
  debugger: (
    <>
      <rect x="1.75" y="2.75" width="12.5" height="10.5" rx="2" />
      <path d="m4.5 6 2 2-2 2M8.5 10.25h3" />
    </>
  ),
  diff: <path d="M4.5 2.5v6M1.5 5.5h6M9 12h5M11.5 3v2.5a3 3 0 0 1-3 3" />,
  events: <path d="M8.9 1.75 3.6 9h3.9l-.5 5.25L12.4 7H8.4z" />,
  expand: <path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10" />,
  external: (
    <path d="M9.25 2.75h4v4M13 3 7.5 8.5M6.75 3.25h-2.5a1.5 1.5 0 0 0-1.5 1.5v7a1.5 1.5 0 0 0 1.5 1.5h7a1.5 1.5 0 0 0 1.5-1.5v-2.5" />
  ),
  eye: (
    <>
      <path d="M1.75 8S4 3.75 8 3.75 14.25 8 14.25 8 12 12.25 8 12.25 1.75 8 1.75 8z" />
      <circle cx="8" cy="8" r="1.75" />
    </>
  ),
  "eye-off": (
    <path d="M6.2 4C6.8 3.8 7.4 3.75 8 3.75c4 0 6.25 4.25 6.25 4.25s-.6 1.15-1.75 2.25M4 5C2.5 6.15 1.75 8 1.75 8S4 12.25 8 12.25c1.1 0 2.1-.3 2.9-.8M2.5 2.5l11 11" />
  ),
  filter: <path d="M2 4h12M4.25 8h7.5M6.5 12h3" />,
  flows: <path d="M2 5h10.5M9.75 2.25 12.5 5 9.75 7.75M14 11H3.5M6.25 8.25 3.5 11l2.75 2.75" />,
  globe: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M1.75 8h12.5M8 1.75c2 1.9 2.75 4 2.75 6.25S10 12.35 8 14.25C6 12.35 5.25 10.25 5.25 8S6 3.65 8 1.75z" />
    </>
  ),
  history: <path d="M2.25 8A5.75 5.75 0 1 0 4 3.9M2.5 1.75V4.5h2.75M8 5v3l2 1.25" />,
  inflow: <path d="M8 1.75v8M5 7l3 3 3-3M2.25 13.75h11.5" />,
  key: (
    <>
      <circle cx="5" cy="11" r="2.75" />
      <path d="m7 9 6.25-6.25M10.5 5.5l2 2M12.25 3.75l1 1" />
    </>
  ),
  keyboard: (
    <>
      <rect x="1.25" y="3.75" width="13.5" height="8.5" rx="1.5" />
      <path d="M4 6.5h.01M6.7 6.5h.01M9.3 6.5h.01M12 6.5h.01M4 9.5h.01M12 9.5h.01M6.5 9.5h3" />
    </>
  ),
  language: (
    <path d="M1.75 4.25h7M5.25 2.5v1.75M7.25 4.25c-.6 2.6-2.4 4.6-5 5.75M3.4 6.25c.9 1.6 2.3 2.9 4 3.7M8.25 13.5l3-7 3 7M9.25 11.25h4" />
  ),
  lock: (
    <>
      <rect x="3" y="7" width="10" height="7" rx="1.75" />
      <path d="M5.25 7V5a2.75 2.75 0 0 1 5.5 0v2" />
    </>
  ),
  minus: <path d="M3 8h10" />,
  monitor: (
    <>
      <rect x="1.75" y="2.75" width="12.5" height="8.5" rx="1.5" />
      <path d="M8 11.25v2.5M5 13.75h6" />
    </>
  ),
  moon: <path d="M13.25 9.6A5.75 5.75 0 1 1 6.4 2.75a4.6 4.6 0 0 0 6.85 6.85z" />,
  more: (
    <>
      <circle cx="3" cy="8" r=".6" fill="currentColor" />
      <circle cx="8" cy="8" r=".6" fill="currentColor" />
      <circle cx="13" cy="8" r=".6" fill="currentColor" />
    </>
  ),
  outflow: <path d="M8 10V2M5 5l3-3 3 3M2.25 13.75h11.5" />,
  overview: (
    <>
      <rect x="1.75" y="5.75" width="4.5" height="4.5" rx="1.25" />
      <rect x="9.75" y="1.75" width="4.5" height="4.5" rx="1.25" />
      <rect x="9.75" y="9.75" width="4.5" height="4.5" rx="1.25" />
      <path d="M6.25 8H8V4h1.75M8 8v4h1.75" />
    </>
  ),
  pass: <path d="M1.75 8h12.5M11.5 5.25 14.25 8l-2.75 2.75M6 3.25v2M6 10.75v2" />,
  pause: <path d="M5.25 3.25v9.5M10.75 3.25v9.5" />,
  pencil: <path d="m2.75 13.25.6-2.9 7.4-7.4a1.4 1.4 0 0 1 2 0l.3.3a1.4 1.4 0 0 1 0 2l-7.4 7.4z" />,
  play: <path d="M4.5 2.75v10.5L13 8z" />,
  plugs: <path d="M5.75 1.75v3M10.25 1.75v3M3.75 4.75h8.5V8a4.25 4.25 0 0 1-8.5 0zM8 12.25v2" />,
  plus: <path d="M8 3v10M3 8h10" />,
  relay: <path d="M2 5.25h9M8.5 2.75l2.5 2.5-2.5 2.5M14 10.75H5M7.5 8.25 5 10.75l2.5 2.5" />,
  retry: <path d="M13.75 8A5.75 5.75 0 1 1 12 3.9M13.5 1.75V4.5h-2.75" />,
  "rows-comfortable": <path d="M2.5 4h11M2.5 8h11M2.5 12h11" />,
  "rows-compact": <path d="M2.5 3.5h11M2.5 6.5h11M2.5 9.5h11M2.5 12.5h11" />,
  runs: (
    <>
      <path d="M2 4h7M2 8h5M2 12h5" />
      <path d="M10 7.6v5.3l4.2-2.65z" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="m10.5 10.5 3.25 3.25" />
    </>
  ),
  send: <path d="M14 2 7.25 8.75M14 2 9.75 14l-2.5-5.25L2 6.25z" />,
  settings: (
    <>
      <path d="M2 4.5h6.5M12 4.5h2M2 11.5h2M7.5 11.5H14" />
      <circle cx="10.25" cy="4.5" r="1.75" />
      <circle cx="5.75" cy="11.5" r="1.75" />
    </>
  ),
  shield: (
    <>
      <path d="M8 1.75 13 3.5v4c0 3.25-2 5.5-5 6.75C5 13 3 10.75 3 7.5v-4z" />
      <path d="m5.75 7.9 1.6 1.6 2.9-3" />
    </>
  ),
  "shield-x": (
    <>
      <path d="M8 1.75 13 3.5v4c0 3.25-2 5.5-5 6.75C5 13 3 10.75 3 7.5v-4z" />
      <path d="m6.25 6.1 3.5 3.5M9.75 6.1l-3.5 3.5" />
    </>
  ),
  sidebar: (
    <>
      <rect x="1.75" y="2.75" width="12.5" height="10.5" rx="2" />
      <path d="M6 2.75v10.5" />
    </>
  ),
  "sign-out": <path d="M6 2.75H4.25a1.5 1.5 0 0 0-1.5 1.5v7.5a1.5 1.5 0 0 0 1.5 1.5H6M10.25 5 13.25 8l-3 3M13 8H6.5" />,
  step: (
    <>
      <circle cx="8" cy="8" r="2.25" />
      <path d="M1.5 8h4M10.5 8h4" />
    </>
  ),
  sun: (
    <>
      <circle cx="8" cy="8" r="2.75" />
      <path d="M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7" />
    </>
  ),
  user: (
    <>
      <circle cx="8" cy="5.25" r="2.75" />
      <path d="M2.75 13.75c.5-2.6 2.5-4 5.25-4s4.75 1.4 5.25 4" />
    </>
  ),
  warn: (
    <>
      <path d="M8 2.25 14.5 13.5h-13zM8 6.5v3.25" />
      <circle cx="8" cy="11.6" r=".4" fill="currentColor" />
    </>
  ),
  mappings: (
    <>
      <rect x="2" y="2.5" width="5" height="4" rx="1" />
      <rect x="9" y="9.5" width="5" height="4" rx="1" />
      <path d="M4.5 6.5v3a2 2 0 0 0 2 2H9" />
    </>
  ),
  wire: (
    <>
      <circle cx="3.5" cy="8" r="1.75" />
      <circle cx="12.5" cy="8" r="1.75" />
      <path d="M5.25 8c1.4 0 1.4-3 2.75-3s1.35 6 2.75 3" />
    </>
  ),
  x: <path d="m4 4 8 8M12 4l-8 8" />,
} satisfies Record<string, ReactElement>;

export type IconName = keyof typeof ICONS;
