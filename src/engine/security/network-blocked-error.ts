import { KhotanError } from "../errors.ts";

export interface NetworkBlock {
  /** Which rule: `loopback`, `private`, `metadata`, `local_name`, `protocol`, … */
  readonly rule: string;
  readonly host: string;
  /** What the host resolved to, when that was the reason. */
  readonly address?: string;
  /** The sentence after "Calls to <host> are blocked:". */
  readonly reason: string;
  /** KHOTAN_ALLOW_PRIVATE_NETWORK would open it. */
  readonly canBeAllowed: boolean;
}

/** An outbound call that would have left the public internet. Nothing was sent. */
export class NetworkBlockedError extends KhotanError {
  readonly rule: string;
  readonly host: string;
  readonly address: string | undefined;

  constructor({ rule, host, address, reason, canBeAllowed }: NetworkBlock) {
    super("upstream_blocked", `Calls to ${host} are blocked: ${reason}.`, {
      hint: canBeAllowed ? hintFor(address) : "Use an http or https URL.",
    });
    this.name = "NetworkBlockedError";
    this.rule = rule;
    this.host = host;
    this.address = address;
  }
}

function hintFor(address: string | undefined): string {
  const example = address === undefined ? "10.0.0.0/8" : `${address}/${address.includes(":") ? 128 : 32}`;
  return `If the call is meant, set KHOTAN_ALLOW_PRIVATE_NETWORK=${example} (CIDRs, or 1 for every network) and restart.`;
}
