import { isIP } from "node:net";
import { createTransport } from "nodemailer";
import { encodeId } from "../../../contract/index.ts";
import type { Engine } from "../../context.ts";
import type { NetworkGuard } from "../../security/network-guard.ts";
import { type AlertMessage, linesOf, titleOf } from "../alert-message.ts";
import type { ChannelConfig } from "../channel-config.ts";

type EmailConfig = Extract<ChannelConfig, { kind: "email" }>["config"];

const TIMEOUT_MS = 10_000;

/**
 * Send a mail by SMTP. The server's name is resolved through the network guard and the address is what is connected to,
 * so a relay in a private network must be allowed by KHOTAN_ALLOW_PRIVATE_NETWORK.
 *
 * @throws Error when it was not taken by the server
 */
export async function sendEmail(
  engine: Pick<Engine, "guard">,
  config: EmailConfig,
  message: AlertMessage,
): Promise<void> {
  const { host, port, secure, requireTls, user, password, from, to } = config;
  const address = await addressOf(engine.guard, host);
  const transport = createTransport({
    host: address,
    port,
    secure,
    requireTLS: requireTls,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? "" } }),
    // The certificate is checked against the name that was typed, not the address it led to.
    tls: isIP(host) === 0 ? { servername: host } : {},
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from,
      to,
      subject: titleOf(message),
      text: `${linesOf(message).join("\n\n")}\n`,
      // The same at every try: mail programs show a repeat once.
      messageId: `<${encodeId("alertNotification", message.id)}@khotan>`,
      headers: { "Auto-Submitted": "auto-generated" },
    });
  } finally {
    transport.close();
  }
}

function addressOf(guard: NetworkGuard, host: string): Promise<string> {
  guard.checkUrl(`http://${isIP(host) === 6 ? `[${host}]` : host}`);
  if (isIP(host) !== 0) return Promise.resolve(host);
  return new Promise((resolve, reject) => {
    guard.lookup(host, {}, (error, address) => {
      if (error) reject(error);
      else resolve(typeof address === "string" ? address : (address[0]?.address ?? host));
    });
  });
}
