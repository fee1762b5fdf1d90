import { useCallback, useState } from "react";
import { useHub } from "../../config.tsx";
import type { Position, Positions } from "../graph/layout-graph.ts";

/** Where a person has put nodes, remembered in this browser, and whether that person has moved the canvas. */
export function useOwnPlaces() {
  const { basePath } = useHub();
  const key = `khotan:places:${basePath}`;
  const [places, setPlaces] = useState<Positions>(() => read(key));
  const put = useCallback(
    (id: string, place: Position) =>
      setPlaces((now) => {
        const next = { ...now, [id]: { x: Math.round(place.x), y: Math.round(place.y) } };
        write(key, next);
        return next;
      }),
    [key],
  );
  const reset = useCallback(() => {
    write(key, {});
    setPlaces({});
  }, [key]);
  const [looked, setLooked] = useState(false);
  const look = useCallback(() => setLooked(true), []);
  return { looked, look, places, put, reset, moved: Object.keys(places).length > 0 };
}

function read(key: string): Positions {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(key) ?? "{}");
    if (typeof stored !== "object" || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored).filter((entry): entry is [string, Position] => isPosition(entry[1])),
    );
  } catch {
    return {};
  }
}

const isPosition = (value: unknown): value is Position =>
  typeof value === "object" &&
  value !== null &&
  "x" in value &&
  "y" in value &&
  Number.isFinite(value.x) &&
  Number.isFinite(value.y);

function write(key: string, places: Positions): void {
  try {
    window.localStorage.setItem(key, JSON.stringify(places));
  } catch {
    // A full or forbidden storage: the places last as long as the page.
  }
}
