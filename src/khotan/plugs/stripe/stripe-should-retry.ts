import type { RetryCandidate } from "khotan";

/**
 * Stripe says itself whether another attempt helps, in `Stripe-Should-Retry`. A "no" is obeyed. A "yes" beyond the usual
 * rules counts where nothing was done: 409, when another call holds the lock, and 429.
 * Source: https://docs.stripe.com/error-low-level
 */
export function stripeShouldRetry({ status, headers }: RetryCandidate): boolean | undefined {
  const said = headers["stripe-should-retry"];
  if (said === "false") return false;
  return said === "true" && (status === 409 || status === 429) ? true : undefined;
}
