"use client";

import { useEffect, useRef, useState } from "react";

/** At most one sentence per five seconds for those who listen, the newest. */
export function LiveSentence({ children }: { children: string }) {
  const [said, setSaid] = useState("");
  const last = useRef(0);
  useEffect(() => {
    const timer = setTimeout(
      () => {
        last.current = Date.now();
        setSaid(children);
      },
      Math.max(0, last.current + 5_000 - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [children]);
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}
