import { useEffect, useState } from "react";
import type { TransformCheck } from "./check-rules.ts";

const UNCHECKED: TransformCheck = () => null;

/** Reads JSONata as it is typed. The parser is fetched when an editor opens; until then nothing is wrong. */
export function useTransformCheck(): TransformCheck {
  const [check, setCheck] = useState<TransformCheck>(() => UNCHECKED);
  useEffect(() => {
    let gone = false;
    void import("jsonata").then(({ default: jsonata }) => {
      if (gone) return;
      const known = new Map<string, ReturnType<TransformCheck>>();
      setCheck(() => (text: string) => {
        const before = known.get(text);
        if (before !== undefined) return before;
        const problem = problemOf(() => void jsonata(text));
        if (known.size > 500) known.clear();
        known.set(text, problem);
        return problem;
      });
    });
    return () => {
      gone = true;
    };
  }, []);
  return check;
}

function problemOf(parse: () => void): ReturnType<TransformCheck> {
  try {
    parse();
    return null;
  } catch (error) {
    if (typeof error !== "object" || error === null) return { message: String(error), position: null };
    const message = "message" in error ? String(error.message) : "";
    const position = "position" in error && typeof error.position === "number" ? error.position : null;
    return { message, position };
  }
}
