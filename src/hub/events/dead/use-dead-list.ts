import type { DeliveryRecord } from "../../../contract/index.ts";
import { useHub } from "../../config.tsx";
import { useLiveList } from "../../data/use-live-list.ts";

interface DeadFilter {
  readonly plug: string | null;
  readonly handler: string | null;
  readonly cause: string | null;
  readonly tenant: string | null;
}

/** Deliveries that gave up and that nobody has delivered anew. */
export function useDeadList(filter: DeadFilter) {
  const { client } = useHub();
  return useLiveList<DeliveryRecord>({
    queryKey: ["deadLetters", filter],
    readPage: (cursor, signal) =>
      client.listDeliveries({
        query: {
          status: "dead",
          replayed: "no",
          plug: filter.plug ?? undefined,
          handler: filter.handler ?? undefined,
          errorFingerprint: filter.cause ?? undefined,
          tenant: filter.tenant ?? undefined,
          cursor,
          limit: 50,
        },
        signal,
      }),
    readOne: (id) => client.getDelivery({ params: { id } }),
    // A dead letter changes when somebody delivers it again.
    isLive: ({ status }) => status === "running" || status === "pending",
    topics: ["deliveries"],
    hold: true,
  });
}
