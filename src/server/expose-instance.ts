import type { HubInstance } from "./hub-instance.ts";

/**
 * What of an instance our own server gets to see. All three ways in: without `webhook` each webhook becomes a `Request`
 * first, which costs more than verifying and storing it, and nothing else would show.
 *
 * @param closeRest ended after the instance
 */
export const exposeInstance = (instance: HubInstance, closeRest: () => Promise<void>): HubInstance => ({
  handler: (request) => instance.handler(request),
  ...(instance.answer && { answer: instance.answer }),
  ...(instance.webhook && { webhook: instance.webhook }),
  ready: () => instance.ready(),
  start: () => instance.start(),
  async stop() {
    await instance.stop();
    await closeRest();
  },
});
