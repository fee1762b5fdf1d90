import { encodeId } from "../../contract/index.ts";

/** The key that all attempts of a delivery share; a replay is another delivery and has another key. */
export const deliveryIdempotencyKey = (deliveryId: string): string => encodeId("delivery", deliveryId);
