import { keepSignalHandlers } from "../engine/boot/keep-signal-handlers.ts";
import { onlyWorld } from "../engine/durable/only-world.ts";
import { prepareAuth } from "./auth/auth.ts";
import { migrateAuth } from "./auth/migrate-auth.ts";
import { database } from "./database.ts";
import { exposeInstance } from "./expose-instance.ts";
import { type HubInstance, hubInstance, registration, setHubInstance } from "./hub-instance.ts";

/**
 * Makes the app's instance the one of this process and, unless this process only serves, starts its workers and
 * Workflow's. Called once per process, from `instrumentation.ts`.
 *
 * @example await registerInstance(async () => (await import("./khotan/khotan.ts")).default);
 */
export const registerInstance = async (load: () => Promise<HubInstance>): Promise<void> => {
  if (hubInstance()) return;
  try {
    await register(await load());
    registration().succeed();
  } catch (error) {
    // Its connections would outlive the database that is about to be stopped, and complain.
    await onlyWorld().close?.();
    registration().fail(error);
    throw error;
  }
};

const register = async (instance: HubInstance): Promise<void> => {
  await migrateAuth(database().sql);
  await prepareAuth();
  await instance.ready();
  const world = onlyWorld();
  // `web` accepts and handles nothing; on Vercel functions are frozen between requests and `POST /cron` does the work.
  if (process.env.KHOTAN_ROLE !== "web" && !process.env.VERCEL)
    await keepSignalHandlers(async () => {
      await world.start?.();
      await instance.start();
    });
  setHubInstance(exposeInstance(instance, async () => void (await world.close?.())));
};
