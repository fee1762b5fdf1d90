import { useSearchParams } from "next/navigation";
import type { Role } from "../../contract/index.ts";
import { roleAtLeast } from "../../contract/roles.ts";
import { useApi } from "./use-api.ts";

/** Who is asking, what needs a person, what the house runs on. One read for the whole frame. */
export function useOverview() {
  const tenant = useSearchParams()?.get("tenant") ?? undefined;
  return useApi("getOverview", { query: { tenant } }, { keepPrevious: true, staleTime: 60_000 });
}

/**
 * May the person who looks do what needs this role? `false` until it is known.
 * The server decides; this only spares people a refusal.
 */
export function useMay(role: Role): boolean {
  const { data } = useOverview();
  return data !== undefined && roleAtLeast(data.principal.role, role);
}
