import { z } from "zod";
import { createTestHub } from "../../../../tests/support/hub.ts";
import { bindPlug } from "../../connections/bind-plug.ts";
import { PlugError } from "../../plugs/index.ts";
import { calendarPlug } from "./oauth-plug.ts";

/** A process of its own that calls with a connection's token, driven over IPC; see `renewals.db.test.ts`. */
const commandSchema = z.object({ calls: z.number() });
const [databaseUrl = "", serverUrl = ""] = process.argv.slice(2);
const hub = createTestHub(databaseUrl, { plugs: [{ plug: calendarPlug(serverUrl) }], role: "web" });
await hub.runtime.ready();

process.on("message", async (raw) => {
  const { calls } = commandSchema.parse(raw);
  const answers = Array.from({ length: calls }, async () => {
    const { plug } = await bindPlug(hub.engine, "calendar", "acme", { source: "run" });
    return await plug.get("/api/me").then(
      () => "ok",
      (error: unknown) => (error instanceof PlugError ? error.code : String(error)),
    );
  });
  process.send?.(await Promise.all(answers));
});
process.send?.("ready");
