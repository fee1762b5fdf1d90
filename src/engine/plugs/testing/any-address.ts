import { buildConnector } from "undici";

/** A connector without a guard, for tests that talk to 127.0.0.1 where the guard would refuse. */
export const anyAddress = buildConnector({});
