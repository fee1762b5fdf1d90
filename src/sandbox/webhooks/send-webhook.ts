/** How one attempt ended. `status` is null when no answer came; `error` says why it did not count. */
export interface Attempt {
  at: string;
  durationMs: number;
  status: number | null;
  error: string | null;
}

/** Some receivers say in the body why they refused; the first part of it is enough to see that. */
const MAX_ERROR_CHARS = 300;

async function firstChars(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value).slice(0, MAX_ERROR_CHARS);
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `No answer within ${timeoutMs} ms`;
  if (error.name === "AbortError") return "The sandbox was stopped";
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}

/** POSTs once. Redirects are not followed: a webhook belongs to the URL it was signed for. Never throws. */
export async function sendWebhook(request: {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
  signal: AbortSignal;
  at: Date;
}): Promise<Attempt> {
  const startedAt = performance.now();
  const ended = (status: number | null, error: string | null): Attempt => ({
    at: request.at.toISOString(),
    durationMs: Math.round(performance.now() - startedAt),
    status,
    error,
  });
  try {
    const response = await fetch(request.url, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "khotan-sandbox/1", ...request.headers },
      body: request.body,
      redirect: "manual",
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(request.timeoutMs)]),
    });
    if (!response.ok) return ended(response.status, (await firstChars(response)) || response.statusText);
    await response.body?.cancel();
    return ended(response.status, null);
  } catch (error) {
    return ended(null, reasonOf(error, request.timeoutMs));
  }
}
