import { usePathname } from "next/navigation";
import { useHub } from "../config.tsx";

/** The path below the Hub's base, always with a slash at the start: `/hub/runs` is `/runs`. */
export function useHubPath(): string {
  const { basePath } = useHub();
  const path = usePathname() ?? basePath;
  return path.startsWith(basePath) ? path.slice(basePath.length) || "/" : "/";
}
