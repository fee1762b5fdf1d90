import type { en } from "./en.ts";

// Checks every key against the English file. A `.d.ts` is not emitted, so a host's own use-intl stays its own.
declare module "use-intl" {
  interface AppConfig {
    Messages: typeof en;
  }
}
