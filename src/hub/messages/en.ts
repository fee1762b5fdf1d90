import access from "./en/access.json" with { type: "json" };
import debuggerRoom from "./en/debugger.json" with { type: "json" };
import events from "./en/events.json" with { type: "json" };
import exchange from "./en/exchange.json" with { type: "json" };
import flows from "./en/flows.json" with { type: "json" };
import jobs from "./en/jobs.json" with { type: "json" };
import mappings from "./en/mappings.json" with { type: "json" };
import overview from "./en/overview.json" with { type: "json" };
import palette from "./en/palette.json" with { type: "json" };
import parts from "./en/parts.json" with { type: "json" };
import people from "./en/people.json" with { type: "json" };
import plugs from "./en/plugs.json" with { type: "json" };
import replay from "./en/replay.json" with { type: "json" };
import runs from "./en/runs.json" with { type: "json" };
import settings from "./en/settings.json" with { type: "json" };
import shell from "./en/shell.json" with { type: "json" };

/** English. A file per room. */
export const en = {
  shell,
  palette,
  parts,
  overview,
  events,
  flows,
  mappings,
  runs,
  replay,
  jobs,
  exchange,
  plugs,
  debugger: debuggerRoom,
  settings,
  people,
  access,
};
