import access from "./de/access.json" with { type: "json" };
import debuggerRoom from "./de/debugger.json" with { type: "json" };
import events from "./de/events.json" with { type: "json" };
import exchange from "./de/exchange.json" with { type: "json" };
import flows from "./de/flows.json" with { type: "json" };
import jobs from "./de/jobs.json" with { type: "json" };
import mappings from "./de/mappings.json" with { type: "json" };
import overview from "./de/overview.json" with { type: "json" };
import palette from "./de/palette.json" with { type: "json" };
import parts from "./de/parts.json" with { type: "json" };
import people from "./de/people.json" with { type: "json" };
import plugs from "./de/plugs.json" with { type: "json" };
import replay from "./de/replay.json" with { type: "json" };
import runs from "./de/runs.json" with { type: "json" };
import settings from "./de/settings.json" with { type: "json" };
import shell from "./de/shell.json" with { type: "json" };

/** German. A file per room. */
export const de = {
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
