import { createTestHub } from "./hub.ts";
import { workPlugs } from "./work-plugs.ts";

/** A worker in a process of its own; see `fork-work-process.ts`. */
const [url = ""] = process.argv.slice(2);
const hub = createTestHub(url, { plugs: workPlugs((message) => process.send?.(message)) });
await hub.runtime.start();
process.send?.({ kind: "ready", runId: "", at: Date.now() });
