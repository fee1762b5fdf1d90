import { useEffect, useRef, useState } from "react";
import type { ChangeTopic } from "../../contract/index.ts";
import { useLiveTopics } from "./live.tsx";
import { throttle } from "./throttle.ts";

/** Figures that are dear to count are read again at most that often. */
const EVERY_MS = 5_000;

/** Read figures again when a table changes, at most every five seconds. */
export function useLiveFigures(topics: readonly ChangeTopic[], read: () => void): void {
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  });
  const [gate] = useState(() =>
    throttle(() => {
      if (document.visibilityState === "visible") latest.current();
    }, EVERY_MS),
  );
  useEffect(() => gate.cancel, [gate]);
  useLiveTopics(topics, gate.call);
}
