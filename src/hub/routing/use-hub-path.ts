import { usePathname } from "next/navigation";
import { useHub } from "../config.tsx";
import { usePlace } from "./place.tsx";

/** The path below the Hub's base, always with a slash at the start: `/hub/runs` is `/runs`. */
export function useHubPath(): string {
  const { basePath } = useHub();
  const place = usePlace();
  const path = usePathname() ?? basePath;
  if (place) return place.path;
  return path.startsWith(basePath) ? path.slice(basePath.length) || "/" : "/";
}
