import { kindOfId } from "../../contract/ids.ts";

/**
 * Where a record is shown, by its id alone. A delivery is shown inside its event, so it needs a look-up first.
 *
 * @returns `null` when the id is none of ours, or its place cannot be told without asking the server.
 */
export function pathOfId(id: string): string | null {
  switch (kindOfId(id)) {
    case "run":
      return `/runs/${id}`;
    case "event":
      return `/events/${id}`;
    case "rejection":
      return `/events/rejected/${id}`;
    case "flow":
      return `/flows/${id}`;
    case "conflict":
      return `/flows/conflicts/${id}`;
    case "mapping":
      return `/mappings/${id}`;
    case "handler":
      return `/runs?handler=${id}`;
    case "user":
      return `/settings/users?id=${id}`;
    case "apiKey":
      return `/settings/keys?id=${id}`;
    case "alertRule":
    case "alertChannel":
    case "alertIncident":
      return "/settings/alerts";
    case "audit":
      return "/settings/audit";
    case "process":
      return "/settings";
    case "drift":
      return "/flows";
    default:
      return null;
  }
}

/** Shown inside another record, which only the server knows. */
const ASKED_FOR = ["delivery", "exchange", "job", "plug"] as const;

/** Any id that can be opened, directly or by a look-up. */
export function openPath(text: string): string | null {
  const id = text.trim();
  if (!/^[a-z]{3}_[0-9a-z]{26}$/.test(id)) return null;
  return pathOfId(id) ?? (ASKED_FOR.some((kind) => kind === kindOfId(id)) ? `/open/${id}` : null);
}
