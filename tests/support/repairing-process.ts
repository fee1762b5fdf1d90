import { createTestHub } from "./hub.ts";
import { repairPlug } from "./repair-plug.ts";

/** A hub in a process of its own that repairs gaps until somebody kills it. */
const [database, provider] = process.argv.slice(2);
if (!database || !provider) throw new Error("usage: repairing-process <database> <provider>");

await createTestHub(database, { plugs: [repairPlug(provider)], role: "web" }).runtime.start();
