import { inject, vi } from "vitest";

const readJson = (response: Response) => response.json();

/** Calls of the shared app with its bootstrap key; answers are JSON as they come. */
export const hubApi = {
  async read(path: string) {
    return await readJson(await this.send(path));
  },
  /** Reads until it is so, at most a minute. @throws with the last answer */
  async until(path: string, is: (answer: Awaited<ReturnType<typeof readJson>>) => boolean) {
    return await vi.waitFor(
      async () => {
        const answer = await this.read(path);
        if (!is(answer)) throw new Error(`${path} still answers ${JSON.stringify(answer).slice(0, 500)}`);
        return answer;
      },
      { timeout: 60_000, interval: 200 },
    );
  },
  send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${inject("apiKey")}`, "content-type": "application/json" };
    return fetch(`${inject("appUrl")}/api/khotan${path}`, { ...init, headers: { ...headers, ...init.headers } });
  },
  async post(path: string, body: unknown = {}, method = "POST") {
    return (await this.send(path, { method, body: JSON.stringify(body) })).json();
  },
  /** The sandbox makes something happen and sends its webhook. */
  async emit(type: string, count = 1): Promise<void> {
    const answer = await fetch(`${inject("sandboxUrl")}/emit`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ type, count }),
    });
    if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}.`);
  },
};
