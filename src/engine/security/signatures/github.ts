import { hmacScheme } from "./hmac-scheme.ts";
import { payloadFormJson, payloadText } from "./payload-text.ts";
import type { EventIdentity, SignatureScheme } from "./signature-scheme.ts";

/**
 * `X-Hub-Signature-256: sha256=<hex>`, HMAC-SHA256 over the body. No time is
 * signed, so a replay is only recognised by its delivery id.
 *
 * @example wire({ verify: githubSignature() })
 */
export const githubSignature = (): SignatureScheme =>
  hmacScheme(
    {
      name: "github",
      label: "GitHub",
      secretLabel: "Secret",
      secretHelp: "Settings, Webhooks, your webhook, Secret. You chose it there.",
      sourceUrl: "https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries",
      identify: identifyGithub,
    },
    {
      algorithm: "sha256",
      encoding: "hex",
      place: { header: "x-hub-signature-256", prefix: "sha256=" },
      template: "{body}",
    },
  );

/** `issues` with action `opened` is `issues.opened`; `push` has no action and stays `push`. */
function identifyGithub(headers: Readonly<Record<string, string>>, payload: unknown): EventIdentity {
  const event = headers["x-github-event"];
  const action = payloadText(payload, "action") ?? payloadText(payloadFormJson(payload, "payload"), "action");
  const type = event !== undefined && action !== undefined ? `${event}.${action}` : event;
  return { type, id: headers["x-github-delivery"] };
}
