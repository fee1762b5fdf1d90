"use client";

import { useTranslations } from "use-intl";
import type { KhotanApiError } from "../../../client/index.ts";
import { RefusedNote } from "../../parts/state/refused-note.tsx";
import { HubLink } from "../../routing/hub-link.tsx";

/** Why the server did not take it, and the mapping that stands in the way. */
export function RefusedMapping({ error, onLeave }: { error: KhotanApiError | null; onLeave: () => void }) {
  const t = useTranslations("mappings.edit");
  const owner = error && /map_[0-9a-z]{26}/.exec(`${error.message} ${error.hint ?? ""}`)?.[0];
  return (
    <RefusedNote error={error}>
      {owner && (
        <HubLink
          to={`/mappings/${owner}`}
          onClick={onLeave}
          className="rounded-xs text-xs font-medium text-primary-text hover:underline"
        >
          {t("openOwner")}
        </HubLink>
      )}
    </RefusedNote>
  );
}
