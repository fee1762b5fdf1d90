import { useSyncExternalStore } from "react";

/** Does the screen match? `false` while rendering on the server. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (tell) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", tell);
      return () => list.removeEventListener("change", tell);
    },
    () => window.matchMedia(query).matches,
    () => false,
  );
}

/** The width at which tables become rows of two lines. The same as Tailwind's `small:`. */
export const useSmallScreen = (): boolean => useMedia("(max-width: 640px)");

/** Wide enough for a sheet to stand beside its list instead of above it. */
export const useWideScreen = (): boolean => useMedia("(min-width: 1280px)");
