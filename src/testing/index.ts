/** `khotan/testing`: a hub for the tests of an app. */
export { type SignedWebhook, signedWebhook } from "./signed-webhook.ts";
export { startTestHub, type TestHub, type TestHubOptions } from "./start-test-hub.ts";
