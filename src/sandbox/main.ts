/**
 * The sandbox as a process: `node dist/sandbox/main.js`. Started with an IPC channel it sends `{ type: "ready", url }`
 * and ends when the channel closes, so that it never outlives its parent, not even one that was killed with -9.
 */
import { sandboxSettings } from "./sandbox-settings.ts";
import { startSandbox } from "./start-sandbox.ts";

try {
  const sandbox = await startSandbox(sandboxSettings(process.env));
  const end = () => void sandbox.stop().then(() => process.exit(0));
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  if (process.send) {
    process.once("disconnect", end);
    // The parent may have gone while we were starting.
    if (!process.connected) end();
    else process.send({ type: "ready", url: sandbox.url });
  }
  console.log(`Sandbox ready at ${sandbox.url}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
