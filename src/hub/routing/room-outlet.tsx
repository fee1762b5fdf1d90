"use client";

import { Suspense } from "react";
import { useTranslations } from "use-intl";
import { ErrorBoundary } from "../parts/state/error-boundary.tsx";
import { ErrorState } from "../parts/state/error-state.tsx";
import { findPlace } from "../rooms.tsx";
import { NotFoundRoom } from "../shell/not-found-room.tsx";
import { PageFrame } from "../shell/page-frame.tsx";
import { useHubPath } from "./use-hub-path.ts";

/** Shows the room that the address names. A room that is still on its way shows its frame, not a spinner. */
export function RoomOutlet() {
  const t = useTranslations("shell");
  const path = useHubPath();
  const found = findPlace(path);
  if (!found) return <NotFoundRoom path={path} />;
  const { Room, room } = found.place;
  const title = t(`room.${room}`);
  return (
    <ErrorBoundary
      resetKey={path}
      fallback={(error, reset) => (
        <PageFrame title={title}>
          <ErrorState title={t("roomFailed")} error={error} onRetry={reset} />
        </PageFrame>
      )}
    >
      <Suspense fallback={<PageFrame title={title} />}>
        <Room params={found.params} />
      </Suspense>
    </ErrorBoundary>
  );
}
