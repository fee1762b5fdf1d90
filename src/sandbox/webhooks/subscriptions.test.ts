import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startSandbox } from "../start-sandbox.ts";
import { newWebhook, sandboxClient } from "../testing/sandbox-client.ts";
import { startWebhookReceiver, verified } from "../testing/webhook-receiver.ts";
import { createSubscriptions } from "./subscriptions.ts";

describe("subscriptions", () => {
  it("keeps subscriptions over a restart when it has a state file, readable by the owner only", async () => {
    const folder = await mkdtemp(join(tmpdir(), "khotan-sandbox-"));
    const stateFile = join(folder, "deep", "sandbox.json");
    const hook = await startWebhookReceiver();
    const before = await startSandbox({ port: 0, stateFile });
    const made = await sandboxClient(before.url).send("POST", "/webhooks", { url: hook.url });
    const { secret } = newWebhook.parse(await made.json());
    await before.stop();
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600);
    const after = await startSandbox({ port: 0, stateFile });
    await sandboxClient(after.url).send("POST", "/emit", {});
    const [call] = await hook.waitFor(1);
    await after.stop();
    await hook.close();
    await rm(folder, { recursive: true });
    expect(call && verified(secret, call).type).toBe("order.created");
  });

  it("refuses to start over a state file that it cannot read, and leaves it alone", async () => {
    const folder = await mkdtemp(join(tmpdir(), "khotan-sandbox-"));
    const stateFile = join(folder, "sandbox.json");
    await writeFile(stateFile, "half a fi");
    expect(() => createSubscriptions({ now: () => new Date(), stateFile })).toThrow(stateFile);
    expect(await readFile(stateFile, "utf8")).toBe("half a fi");
    await rm(folder, { recursive: true });
  });
});
