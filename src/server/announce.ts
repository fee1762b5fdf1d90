import { issueSetupToken } from "./auth/first-admin.ts";
import type { Env } from "./env/env.ts";

/** Tells a person where everything is and, while nobody can sign in, how to become the first. */
export const announce = async (about: {
  readonly env: Env;
  readonly port: number;
  readonly sandboxUrl: string | undefined;
  readonly startedAt: number;
  readonly log: (line: string) => void;
}): Promise<void> => {
  const { env, port, sandboxUrl, startedAt, log } = about;
  const base = `http://localhost:${port}`;
  const took = `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
  log("");
  if (env.KHOTAN_ROLE === "worker") {
    log(`Worker ready (${took}); its health: ${base}/api/khotan/health`);
    return;
  }
  log(`Hub      ${base}`);
  log(`API      ${base}/api/khotan`);
  if (sandboxUrl) log(`Sandbox  ${sandboxUrl}, an API to try things on`);
  const token = await issueSetupToken();
  if (token) {
    log("");
    log("Nobody can sign in yet. This link makes the first admin; it works once, for 24 hours:");
    log(`${base}/setup?token=${token}`);
  }
  log("");
  log(`Ready in ${took}. Ctrl-C stops everything.`);
};
