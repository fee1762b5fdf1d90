import type { ReactNode } from "react";
import { Card, CardHeader, CardTitle } from "../../components/ui/card.tsx";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import { ErrorState } from "../parts/state/error-state.tsx";

interface SettingsCardProps {
  readonly title: string;
  /** Beside the title. */
  readonly aside?: ReactNode;
  readonly error?: { readonly title: string; readonly error: Error; readonly retry: () => void } | null;
  readonly loading?: boolean;
  /** Between the title and what is shown, whatever its state: a filter. */
  readonly above?: ReactNode;
  /** Said when there is nothing. */
  readonly empty?: string | undefined;
  readonly children?: ReactNode;
}

/** One panel of the settings, in each of its states. */
export function SettingsCard({ title, aside, error, loading = false, above, empty, children }: SettingsCardProps) {
  return (
    <Card>
      <CardHeader>
        <CardTitle className="flex-1">{title}</CardTitle>
        {aside}
      </CardHeader>
      {above}
      {error && <ErrorState title={error.title} error={error.error} onRetry={error.retry} className="m-3" />}
      {loading && !error && (
        <div className="flex flex-col gap-3 p-3">
          <Skeleton className="w-3/5" />
          <Skeleton className="w-2/5" />
        </div>
      )}
      {empty !== undefined && <p className="px-3 py-3 text-xs text-pretty text-muted-foreground">{empty}</p>}
      {children}
    </Card>
  );
}
