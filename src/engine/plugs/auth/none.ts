import type { AuthStrategy } from "./auth-strategy.ts";

/** No credentials. */
export const none = (): AuthStrategy<never> => NONE;

const NOTHING = Object.freeze({});
const NONE: AuthStrategy<never> = Object.freeze({ kind: "none", needs: [], apply: () => NOTHING });
