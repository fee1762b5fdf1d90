import { type Finding, failed, ok, warning } from "./finding.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** How long a database may take to answer, in milliseconds. */
const PATIENCE_MS = 10_000;

/** Looks at an app's variables and, with `DATABASE_URL`, at its database. Says nothing of what is in them. */
export async function examineEnvironment(env: Environment): Promise<Finding[]> {
  const findings: Finding[] = [];
  const secret = env.KHOTAN_SECRET ?? "";
  if (secret === "" && env.DATABASE_URL)
    findings.push(
      failed("KHOTAN_SECRET", "It is not set.", "Set it to what this gives, and keep it: openssl rand -hex 32"),
    );
  else if (secret !== "" && secret.length < 32)
    findings.push(
      failed("KHOTAN_SECRET", "It has less than 32 characters.", "Take what this gives: openssl rand -hex 32"),
    );
  if (env.KHOTAN_WEBHOOK_URL && !/^https?:\/\//.test(env.KHOTAN_WEBHOOK_URL))
    findings.push(failed("KHOTAN_WEBHOOK_URL", "It is no address.", "For example https://app.example.com"));
  if (!env.DATABASE_URL) return findings;
  return [...findings, ...(await examineDatabase(env.DATABASE_URL))];
}

async function examineDatabase(url: string): Promise<Finding[]> {
  const { pendingMigrations } = await import("khotan/factory");
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("it did not answer in time")), PATIENCE_MS);
  });
  try {
    const pending = await Promise.race([pendingMigrations(url), late]);
    return [
      ok("DATABASE_URL", "answers"),
      pending.length === 0
        ? ok("pending migrations", "none")
        : warning("pending migrations", String(pending.length), "khotan migrate, or start the app, which does it"),
    ];
  } catch (error) {
    const said = (error instanceof Error ? error.message || error.name : String(error)).replaceAll(url, "the address");
    return [
      failed("DATABASE_URL", `It cannot be used: ${said}`, "Is Postgres up, and the address a direct connection's?"),
    ];
  } finally {
    clearTimeout(timer);
  }
}
