import { KhotanApiError } from "../../client/index.ts";
import type { CommandContext } from "../command-context.ts";
import { type Finding, failed, ok, warning } from "./finding.ts";

/** Signed times may be off by this much, in seconds. */
const TOLERANCE_SEC = 300;

/** Asks a running hub how it is. Never throws for what the hub says. */
export async function examineHub(context: CommandContext): Promise<Finding[]> {
  const { client, url } = context;
  const before = Date.now();
  const health = await fetch(`${url}/health`, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  if (!health) return [failed("hub", `Nobody answers at ${url}.`, "Start it, or name it with --url or KHOTAN_URL.")];
  if (!health.ok)
    return [failed("hub", `${url} answers ${health.status}.`, "Is this the API's address, and not another app's?")];
  const findings = [ok("hub", url), clock(health.headers.get("date"), before)];
  findings.push(...(await readiness(url)));
  try {
    const { principal, system, counts } = await client.getOverview();
    findings.push(ok("key", `${principal.name} (${principal.role})`));
    findings.push(await webhookUrl(system.webhookUrl, new URL(url).pathname));
    findings.push(
      system.secretKeysMissing.length === 0
        ? ok("secret", "Everything stored can be read.")
        : failed(
            "secret",
            "Some variables were stored with a secret that is not there.",
            "Add the old one to KHOTAN_SECRET_PREVIOUS.",
          ),
    );
    findings.push(
      counts.deadLetters === 0
        ? ok("dead letters", "none")
        : warning(
            "dead letters",
            String(counts.deadLetters),
            "Look: khotan deadletters. Then: khotan deadletters redrive",
          ),
    );
    for (const wire of (await client.listWires()).items) {
      if (wire.status !== "error" && wire.status !== "expired") continue;
      findings.push(failed(`wire ${wire.plug}`, wire.error?.message ?? wire.status, `khotan wires renew ${wire.plug}`));
    }
  } catch (error) {
    if (!(error instanceof KhotanApiError)) throw error;
    const fix =
      error.status === 401 || error.status === 403
        ? "Set KHOTAN_API_KEY, or: khotan login"
        : (error.hint ?? "See the hub's log.");
    findings.push(failed("key", error.message, fix));
  }
  return findings;
}

/** `GET /ready` answers 503 with the same shape, so it is read by hand. */
async function readiness(url: string): Promise<Finding[]> {
  const response = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  const body: unknown = await response?.json().catch(() => undefined);
  const says = (name: string) =>
    typeof body === "object" &&
    body !== null &&
    Object.entries(body).some(([key, value]) => key === name && value === true);
  return [
    says("database")
      ? ok("database", "answers")
      : failed("database", "It does not answer.", "Is Postgres up, and DATABASE_URL right?"),
    says("migrations") ? ok("migrations", "applied") : failed("migrations", "Some are pending.", "khotan migrate"),
    says("queue")
      ? ok("queue", "works")
      : failed("queue", "No worker is ready.", "Start a process whose KHOTAN_ROLE is all or worker."),
  ];
}

function clock(date: string | null, before: number): Finding {
  const theirs = Date.parse(date ?? "");
  if (Number.isNaN(theirs)) return ok("clock", "The hub does not tell the time.");
  // The header has whole seconds.
  const offSec = Math.round(Math.max(0, Math.abs(theirs - (before + Date.now()) / 2) - 1_000) / 1_000);
  if (offSec < TOLERANCE_SEC / 5) return ok("clock", `${offSec} s apart`);
  return warning(
    "clock",
    `This machine and the hub are ${offSec} s apart; signatures allow ${TOLERANCE_SEC} s.`,
    "Set the clocks by NTP.",
  );
}

/** Providers come from outside; that our own request arrives is as near as one gets from here. */
async function webhookUrl(text: string, basePath: string): Promise<Finding> {
  const local = !URL.canParse(text) || /^(localhost|127\.|\[::1\]|.*\.local$)/.test(new URL(text).hostname);
  if (local)
    return warning(
      "webhook address",
      `${text} is out of providers' reach.`,
      "Set KHOTAN_WEBHOOK_URL, or bring a remote hub's events here: khotan listen",
    );
  const address = `${text.replace(/\/+$/, "")}${basePath}/health`;
  const answer = await fetch(address, { redirect: "manual", signal: AbortSignal.timeout(10_000) }).catch(
    () => undefined,
  );
  if (!answer?.ok) {
    const said = answer ? `answers ${answer.status}` : "does not answer";
    const fix = "Does KHOTAN_WEBHOOK_URL lead here, past every proxy and sign-in, without a redirect?";
    return failed("webhook address", `${address} ${said}.`, fix);
  }
  if (text.startsWith("https:")) return ok("webhook address", text);
  return warning("webhook address", `${text} is not encrypted.`, "Use https in KHOTAN_WEBHOOK_URL.");
}
