import { useCallback } from "react";
import { useHub } from "../config.tsx";
import { usePlace } from "./place.tsx";
import { withSticky } from "./with-sticky.ts";

export interface NavigateOptions {
  readonly replace?: boolean;
  /** Keep the whole query string, as when a record opens over its list. */
  readonly keepQuery?: boolean;
}

/**
 * Go to another place in the Hub without asking the server: Next follows the History API, and
 * all rooms live in the page that is already here.
 *
 * @example navigate("/runs/run_…", { keepQuery: true });
 */
export function useNavigate(): (to: string, options?: NavigateOptions) => void {
  const { basePath } = useHub();
  const place = usePlace();
  return useCallback(
    (to, { replace = false, keepQuery = false } = {}) => {
      if (place) return place.go(to);
      const href = basePath + withSticky(to, window.location.search, keepQuery);
      if (href === window.location.pathname + window.location.search) return;
      window.history[replace ? "replaceState" : "pushState"](null, "", href);
    },
    [basePath, place],
  );
}
