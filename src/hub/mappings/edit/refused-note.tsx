"use client";

import { useTranslations } from "use-intl";
import type { KhotanApiError } from "../../../client/index.ts";
import { Note } from "../../parts/note.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { HubLink } from "../../routing/hub-link.tsx";

/** Why the server did not take it, and the mapping that stands in the way. */
export function RefusedNote({ error, onLeave }: { error: KhotanApiError | null; onLeave: () => void }) {
  const t = useTranslations("mappings.edit");
  if (!error) return null;
  const owner = /map_[0-9a-z]{26}/.exec(`${error.message} ${error.hint ?? ""}`)?.[0];
  return (
    <Note look={RUN_LOOKS.failed} role="alert">
      <p className="text-xs font-medium [overflow-wrap:anywhere]">{error.message}</p>
      {error.hint && <p className="text-xs">{error.hint}</p>}
      {owner && (
        <HubLink
          to={`/mappings/${owner}`}
          onClick={onLeave}
          className="rounded-xs text-xs font-medium text-primary-text hover:underline"
        >
          {t("openOwner")}
        </HubLink>
      )}
    </Note>
  );
}
