"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslations } from "use-intl";
import type { KhotanApiError, ResultFor } from "../../../client/index.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import { BareInput, InputGroup } from "../../../components/ui/input.tsx";
import type { MappingRecord } from "../../../contract/index.ts";
import { useHub } from "../../config.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { connectText } from "../ref-plugs.ts";

interface PickMappingProps {
  /** The one that is not to be picked. */
  readonly mapping: MappingRecord;
  readonly onPick: (mapping: MappingRecord) => void;
}

/** Find the other mapping of a record, among those of its resource and tenant. */
export function PickMapping({ mapping, onPick }: PickMappingProps) {
  const t = useTranslations("mappings.merge");
  const { client } = useHub();
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const { data, error, refetch } = useQuery<ResultFor<"listMappings">, KhotanApiError>({
    queryKey: ["pickMapping", mapping.resource, mapping.tenant, q],
    placeholderData: keepPreviousData,
    meta: { live: "own" },
    queryFn: ({ signal }) =>
      client.listMappings({
        query: { resource: mapping.resource, tenant: mapping.tenant, q: q || undefined, limit: 9 },
        signal,
      }),
  });
  const found = data?.items.filter(({ id }) => id !== mapping.id).slice(0, 8);
  return (
    <>
      <InputGroup>
        <Icon name="search" className="size-3.5" />
        <BareInput
          type="search"
          autoFocus
          aria-label={t("find")}
          placeholder={t("find")}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </InputGroup>
      {error && <ErrorState title={t("findFailed")} error={error} onRetry={() => void refetch()} />}
      {found?.length === 0 && <p className="text-xs text-muted-foreground">{t("noneFound")}</p>}
      {found && found.length > 0 && (
        <ul aria-label={t("find")} className="overflow-hidden rounded-md border">
          {found.map((one) => (
            <li key={one.id} className="border-b last:border-b-0">
              <button
                type="button"
                onClick={() => onPick(one)}
                className="flex min-h-9 w-full items-center gap-3 px-3 py-1 text-left focus-inset hover:bg-accent small:min-h-11"
              >
                <span className="min-w-0 truncate font-medium">{connectText(one)}</span>
                <span className="min-w-0 flex-1 truncate text-right font-mono text-xs text-muted-foreground">
                  {Object.entries(one.refs)
                    .map(([plug, ref]) => `${plug} ${ref}`)
                    .join(", ")}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
