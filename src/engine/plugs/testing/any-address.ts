import { createNetworkGuard } from "../../security/network-guard.ts";

/** A guard that lets everything pass, for tests that talk to 127.0.0.1 by a variable or a redirect. */
export const anyAddress = createNetworkGuard({ allow: "all" });
