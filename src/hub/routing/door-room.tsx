"use client";

import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { kindOfId } from "../../contract/ids.ts";
import { useApi } from "../data/use-api.ts";
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
  const direct = pathOfId(id);
  const isDelivery = kindOfId(id) === "delivery";
  const delivery = useApi("getDelivery", { params: { id } }, { enabled: isDelivery });
  const isExchange = kindOfId(id) === "exchange";
  const exchange = useApi("getExchange", { params: { id } }, { enabled: isExchange });
  const call = exchange.data;
  const callPath =
    call && (call.runId ? `/runs/${call.runId}?tab=exchanges&exchange=${id}` : `/plugs/${call.plug}?exchange=${id}`);
  const target = direct ?? callPath ?? (delivery.data ? `/events/${delivery.data.eventId}` : null);
  useEffect(() => {
    if (target) navigate(target, { replace: true });
  }, [target, navigate]);
  const error = delivery.error ?? exchange.error;
  if (!target && !isDelivery && !isExchange) return <NotFoundRoom path={`/open/${id}`} />;
  return (
    <PageFrame title={t("opening")}>
      {error && (
        <ErrorState
          title={t("recordFailed")}
          error={error}
          onRetry={() => void (isExchange ? exchange : delivery).refetch()}
        />
      )}
    </PageFrame>
  );
}
