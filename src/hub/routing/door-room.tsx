"use client";

import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { kindOfId } from "../../contract/ids.ts";
import { useApi } from "../data/use-api.ts";
import { jobPath } from "../jobs/job-path.ts";
import { SheetSkeleton } from "../parts/sheet/sheet-skeleton.tsx";
import { ErrorState } from "../parts/state/error-state.tsx";
import type { RoomProps } from "../rooms.tsx";
import { NotFoundRoom } from "../shell/not-found-room.tsx";
import { PageFrame } from "../shell/page-frame.tsx";
import { pathOfId } from "./path-of-id.ts";
import { useNavigate } from "./use-navigate.ts";

/** `/open/{id}`: leads to wherever the record behind an id is shown. */
export default function DoorRoom({ params }: RoomProps) {
  const t = useTranslations("shell");
  const id = params.id ?? "";
  const navigate = useNavigate();
  const asked = useLookUp(id);
  const target = pathOfId(id) ?? asked?.target ?? null;
  useEffect(() => {
    if (target) navigate(target, { replace: true });
  }, [target, navigate]);
  if (!target && (asked === null || asked.nowhere)) return <NotFoundRoom path={`/open/${id}`} />;
  return (
    <PageFrame title={t("opening")}>
      {asked?.error ? (
        <ErrorState title={t("recordFailed")} error={asked.error} onRetry={asked.retry} />
      ) : (
        <SheetSkeleton label={t("opening")} />
      )}
    </PageFrame>
  );
}

interface LookUp {
  /** `null` until the server has answered. */
  readonly target: string | null;
  /** It answered, and there is no such record. */
  readonly nowhere?: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Where a record is shown that stands inside another; `null` for ids that nothing is asked about. */
function useLookUp(id: string): LookUp | null {
  const kind = kindOfId(id);
  const delivery = useApi("getDelivery", { params: { id } }, { enabled: kind === "delivery" });
  const exchange = useApi("getExchange", { params: { id } }, { enabled: kind === "exchange" });
  const job = useApi("getJob", { params: { id } }, { enabled: kind === "job" });
  const plugs = useApi("listPlugs", { query: {} }, { enabled: kind === "plug" });
  switch (kind) {
    case "delivery":
      return {
        target: delivery.data ? `/events/${delivery.data.eventId}` : null,
        error: delivery.error,
        retry: () => void delivery.refetch(),
      };
    case "exchange": {
      const call = exchange.data;
      const at = call?.runId
        ? `/runs/${call.runId}?tab=exchanges&exchange=${id}`
        : `/plugs/${call?.plug}?exchange=${id}`;
      return { target: call ? at : null, error: exchange.error, retry: () => void exchange.refetch() };
    }
    case "job":
      return { target: job.data ? jobPath(job.data) : null, error: job.error, retry: () => void job.refetch() };
    case "plug": {
      const plug = plugs.data?.items.find((one) => one.id === id);
      return {
        target: plug ? `/plugs/${plug.name}` : null,
        nowhere: plugs.data !== undefined && !plug,
        error: plugs.error,
        retry: () => void plugs.refetch(),
      };
    }
    default:
      return null;
  }
}
