import type { RejectionReason, Verification } from "../../contract/index.ts";
import type { Wire } from "../wires/wire.ts";
import type { ConnectedWire } from "../wires/wire-store.ts";
import { isLargeBody } from "./parse-body.ts";
import type { IncomingWebhook } from "./receive-webhook.ts";
import { takeTurns } from "./take-turns.ts";

export type RequestVerdict =
  | { readonly kind: "verified"; readonly verification: Verification }
  | { readonly kind: "handshake"; readonly status: number; readonly contentType: string; readonly body: string }
  /** Neither a handshake nor a method that brings events, e.g. somebody opened the address in a browser. */
  | { readonly kind: "no_event" }
  | { readonly kind: "rejected"; readonly reason: RejectionReason; readonly message: string; readonly scheme: string };

const CARRIES_EVENTS = new Set(["POST", "PUT"]);

/** A handshake comes before an event's verification, each with its scheme's own proof. */
export async function verifyRequest(
  wire: Wire,
  connected: ConnectedWire,
  request: IncomingWebhook,
  now: number,
): Promise<RequestVerdict> {
  const secrets = [connected.vars.webhookSecret, connected.vars.webhookSecretPrevious].map((value) =>
    String(value ?? ""),
  );
  const input = { method: request.method, url: request.url, headers: request.headers, body: request.body };
  const scheme = wire.verify?.name ?? "custom";
  const handshake = wire.handshake ?? wire.verify?.handshake;
  if (handshake) {
    const token = handshake.variable === undefined ? undefined : connected.vars[handshake.variable];
    const answer = handshake.answer(input, { secrets, verifyTokens: token === undefined ? [] : [String(token)], now });
    if (answer.kind === "reply") return { ...answer, kind: "handshake" };
    if (answer.kind === "refused") return { kind: "rejected", reason: answer.reason, message: answer.message, scheme };
  }
  if (!CARRIES_EVENTS.has(request.method)) return { kind: "no_event" };
  if (wire.verify) {
    const { verify } = wire;
    const check = () => verify.verify(input, secrets, { now });
    // Some milliseconds a body of some megabytes, and several may have come at once.
    const verdict = isLargeBody(request.body) ? await takeTurns(check) : check();
    if (!verdict.ok) return { kind: "rejected", reason: verdict.reason, message: verdict.message, scheme };
    const signedAt = verdict.signedAt?.toISOString();
    return {
      kind: "verified",
      verification: { ok: true, scheme, secret: verdict.secretIndex, ...(signedAt ? { signedAt } : {}) },
    };
  }
  return await verifyByHook(wire, connected, request);
}

async function verifyByHook(wire: Wire, connected: ConnectedWire, request: IncomingWebhook): Promise<RequestVerdict> {
  const refuse = (reason: RejectionReason, message: string): RequestVerdict => ({
    kind: "rejected",
    reason,
    message,
    scheme: "custom",
  });
  try {
    const verdict = await wire.onVerify?.({
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: new TextDecoder().decode(request.body),
      bytes: request.body,
      wireVars: connected.vars,
    });
    if (verdict === true) return { kind: "verified", verification: { ok: true, scheme: "custom" } };
    return refuse("custom_refused", typeof verdict === "string" ? verdict : "The wire's own check refused it.");
  } catch (error) {
    return refuse(
      "verifier_failed",
      `The wire's own check failed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
