import { randomBytes } from "node:crypto";
import { usageError } from "../cli-error.ts";
import { closest } from "../closest.ts";
import { generic } from "./generic.ts";
import { github } from "./github.ts";
import type { MadeUp, SampleProvider } from "./sample.ts";
import { shopify } from "./shopify.ts";
import { slack } from "./slack.ts";
import { stripe } from "./stripe.ts";

export const PROVIDERS: Readonly<Record<string, SampleProvider>> = { github, stripe, slack, shopify, generic };

/** @throws CliError, with what was probably meant */
export function providerOf(name: string): SampleProvider {
  const found = Object.hasOwn(PROVIDERS, name) ? PROVIDERS[name] : undefined;
  if (found) return found;
  const near = closest(name, Object.keys(PROVIDERS));
  throw usageError(
    `There are no samples of "${name}".`,
    near ? `Did you mean "${near}"?` : `Of ${Object.keys(PROVIDERS).join(", ")}`,
  );
}

export const madeUp = (): MadeUp => ({ id: randomBytes(16).toString("hex"), at: new Date() });

export interface SampleWebhook {
  readonly headers: Record<string, string>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/**
 * A webhook of a provider, signed when there is a secret. `data` goes over the sample's own fields.
 *
 * @throws CliError for an unknown provider or event
 */
export function makeSample(
  name: string,
  event: string,
  options: { readonly secret?: string; readonly data?: Readonly<Record<string, unknown>>; readonly made?: MadeUp },
): SampleWebhook {
  const provider = providerOf(name);
  const make = Object.hasOwn(provider.events, event) ? provider.events[event] : undefined;
  if (!make) {
    const names = Object.keys(provider.events);
    const near = closest(event, names);
    throw usageError(
      `There is no sample "${event}" of ${provider.label}.`,
      near ? `Did you mean "${near}"?` : `Of ${names.join(", ")}`,
    );
  }
  const made = options.made ?? madeUp();
  const sample = make(made);
  const body = new TextEncoder().encode(
    JSON.stringify(options.data ? Object.assign({}, sample.body, options.data) : sample.body),
  );
  const signature = options.secret === undefined ? {} : provider.sign(body, options.secret, made);
  return { headers: { "content-type": "application/json", ...sample.headers, ...signature }, body };
}
