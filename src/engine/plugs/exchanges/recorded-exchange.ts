import type { ExchangeDetail } from "../../../contract/index.ts";

/** One attempt of one call, redacted: what the store keeps. Its id and the curl line are made by whoever stores it. */
export type RecordedExchange = Omit<ExchangeDetail, "id" | "curl">;
