import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { API_KEY, runApp, temporaryDataFolder } from "./run-app.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The running app that all browser tests share, e.g. `http://localhost:41234`. */
    appUrl: string;
    /** `KHOTAN_API_KEY` of that app: an admin's. */
    apiKey: string;
    /** Its first admin, who can sign in. */
    admin: { name: string; email: string; password: string };
    /** Its sandbox. */
    sandboxUrl: string;
    /** Its database, for what only happens over days: a source that changes its looks, a row that somebody edits. */
    databaseUrl: string;
  }
}

const admin = { name: "Ada", email: "ada@example.com", password: "correct horse battery" };

/** One real app for a whole browser run: built if stale, embedded Postgres, sandbox, first admin. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await temporaryDataFolder();
  const app = await runApp({ KHOTAN_DATA_DIR: folder.path });
  const token = new URL(app.setupLink ?? "").searchParams.get("token");
  const made = await fetch(new URL("/api/auth/setup-admin", app.url), {
    method: "POST",
    headers: { "content-type": "application/json", origin: app.url },
    body: JSON.stringify({ token, ...admin }),
  });
  if (!made.ok) throw new Error(`The first admin could not be made (${made.status}): ${await made.text()}`);
  project.provide("appUrl", app.url);
  project.provide("apiKey", API_KEY);
  project.provide("admin", admin);
  project.provide("sandboxUrl", app.sandboxUrl ?? "");
  const kept = async (name: string) => (await readFile(join(folder.path, name), "utf8")).trim();
  project.provide(
    "databaseUrl",
    `postgres://khotan:${await kept("postgres.password")}@127.0.0.1:${await kept("postgres.port")}/khotan`,
  );
  return async () => {
    const code = await app.stop();
    await folder.remove();
    if (code !== 0) throw new Error(`The app ended with ${code}:\n${app.output()}`);
  };
}
