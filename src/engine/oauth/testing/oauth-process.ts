import { z } from "zod";
import { createTestHub } from "../../../../tests/support/hub.ts";
import { bindPlug } from "../../connections/bind-plug.ts";
import { PlugError } from "../../plugs/index.ts";
import { calendarPlug, machinePlug } from "./oauth-plug.ts";

/** A process of its own that calls with a connection's token, driven over IPC; see `renewals.db.test.ts`. */
const commandSchema = z.object({ calls: z.number(), plug: z.string(), tenant: z.string() });
const [databaseUrl = "", serverUrl = ""] = process.argv.slice(2);
const hub = createTestHub(databaseUrl, {
  plugs: [{ plug: calendarPlug(serverUrl) }, { plug: machinePlug(serverUrl) }],
  role: "web",
});
await hub.runtime.ready();

process.on("message", async (raw) => {
  const { calls, plug: name, tenant } = commandSchema.parse(raw);
  const answers = Array.from({ length: calls }, async () => {
    const { plug } = await bindPlug(hub.engine, name, tenant, { source: "run" });
    return await plug.get("/api/me").then(
      () => "ok",
      (error: unknown) => (error instanceof PlugError ? error.code : String(error)),
    );
  });
  process.send?.(await Promise.all(answers));
});
process.send?.("ready");
