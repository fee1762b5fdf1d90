import { useState } from "react";
import type { KhotanApiError } from "../../client/index.ts";
import type { DryRun } from "../../contract/index.ts";
import { useAction } from "../data/use-action.ts";

/** A dry run and what came of it; a refusal is told in place. */
export function useDryRun(name: "dryRunRun" | "dryRunDelivery") {
  const [result, setResult] = useState<DryRun | null>(null);
  const [failed, setFailed] = useState<KhotanApiError | null>(null);
  const action = useAction(name, {
    onDone: setResult,
    onFailed: (error) => {
      setFailed(error);
      return true;
    },
  });
  return { run: action.run, result, failed };
}
