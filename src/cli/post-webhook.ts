import { CliError } from "./cli-error.ts";
import { EXIT } from "./exit-codes.ts";

export interface WebhookAnswer {
  readonly status: number;
  /** At most the first 2,000 characters. */
  readonly text: string;
  readonly ms: number;
}

/** @throws CliError when nobody answers within 30 s */
export async function postWebhook(
  url: string,
  webhook: { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array<ArrayBuffer> },
  signal: AbortSignal,
): Promise<WebhookAnswer> {
  const since = performance.now();
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { ...webhook.headers },
      body: webhook.body,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
    });
    const text = (await response.text()).slice(0, 2_000);
    return { status: response.status, text, ms: Math.round(performance.now() - since) };
  } catch (cause) {
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
    throw new CliError(`Nobody answered at ${url}.`, { exitCode: EXIT.unreachable, hint: reason });
  }
}
