import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { callByName, type InputFor, KhotanApiError, type ResultFor } from "../../client/index.ts";
import type { ApiName } from "../../contract/index.ts";
import { useHub } from "../config.tsx";
import { useToast } from "../parts/toast/use-toast.ts";

interface ActionOptions<N extends ApiName> {
  readonly onDone?: (result: ResultFor<N>, input: InputFor<N>) => void;
  /** Handle the error in place; return `true` to keep the toast away. */
  readonly onFailed?: (error: KhotanApiError) => boolean | undefined;
}

/**
 * Do something through the API. Not optimistic: the button shows that it is under way, and an error
 * stays as a toast with its request id. Sent with an idempotency key, so that a repeat after a lost answer is harmless.
 *
 * @example const retry = useAction("retryRun", { onDone: ({ runId }) => … }); retry.run({ params: { id } });
 */
export function useAction<N extends ApiName>(name: N, { onDone, onFailed }: ActionOptions<N> = {}) {
  const { client } = useHub();
  const toast = useToast();
  const queryClient = useQueryClient();
  const sent = useRef<{ readonly input: string; readonly key: string } | null>(null);
  const mutation = useMutation<ResultFor<N>, Error, InputFor<N>>({
    mutationFn: (input) => {
      const text = JSON.stringify(input);
      if (sent.current?.input !== text) sent.current = { input: text, key: newKey() };
      return callByName(client, name, { ...input, idempotencyKey: sent.current.key });
    },
    onSettled: (_, error) => {
      const lost = error instanceof KhotanApiError && error.status === 0;
      if (!lost) sent.current = null;
    },
    onSuccess: (result, input) => {
      onDone?.(result, input);
      void queryClient.invalidateQueries({ queryKey: ["listAudit"] });
    },
    onError: (error) => {
      const known = error instanceof KhotanApiError ? error : undefined;
      if (known && onFailed?.(known)) return;
      toast.error(error);
    },
  });
  return { run: mutation.mutate, pending: mutation.isPending, input: mutation.variables };
}

/** Not `randomUUID`, which browsers withhold on plain http. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
