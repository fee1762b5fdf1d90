import { Webhook } from "standardwebhooks";
import { encodeId } from "../../../contract/index.ts";
import type { Engine } from "../../context.ts";
import type { AlertMessage } from "../alert-message.ts";
import { linesOf, titleOf } from "../alert-message.ts";
import { newSigningSecret } from "../channel-config.ts";
import { postJson } from "./post-json.ts";

/**
 * Post an alert as Standard Webhooks says: https://www.standardwebhooks.com. `webhook-id` is the same at every try.
 *
 * @throws Error when it was not taken
 */
export async function sendWebhook(
  engine: Pick<Engine, "guard">,
  config: { readonly url: string; readonly secret?: string | undefined },
  message: AlertMessage,
): Promise<void> {
  const id = encodeId("alertNotification", message.id);
  // The other side's clock judges the signature's age, so this is the time of the world and of this try.
  const sentAt = new Date();
  const body = JSON.stringify({
    type: `alert.${message.kind}`,
    timestamp: sentAt.toISOString(),
    data: { title: titleOf(message), text: linesOf(message).join("\n"), notices: message.notices, more: message.more },
  });
  const secret = config.secret ?? newSigningSecret(); // every stored channel has one
  await postJson(engine, config.url, body, {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1_000)),
    "webhook-signature": new Webhook(secret).sign(id, sentAt, body),
  });
}
