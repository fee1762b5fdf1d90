import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setHubInstance } from "../hub-instance.ts";
import { forgetSingleton } from "../process-singleton.ts";
import { fastLane } from "./fast-lane.ts";
import { listen } from "./listen.ts";
import { type OpenRequests, trackOpenRequests } from "./open-requests.ts";

describe("fastLane", () => {
  let server: Server;
  let open: OpenRequests;
  let url = "";
  beforeEach(async () => {
    server = createServer((request, response) => lane(request, response));
    open = trackOpenRequests(server);
    const lane = fastLane(open);
    url = `http://127.0.0.1:${await listen(server, 0, "127.0.0.1")}`;
  });
  afterEach(async () => {
    forgetSingleton("khotan.instance");
    await open.close(0);
  });

  const answerWith = (handler: (request: Request) => Promise<Response>): void => {
    const nothing = async (): Promise<void> => undefined;
    setHubInstance({ handler, ready: nothing, start: nothing, stop: nothing });
  };
  /** A stream that says "hello" and then nothing, and tells when its reader went away. */
  const endless = () => {
    const gone = new AbortController();
    answerWith(async (request) => {
      request.signal.addEventListener("abort", () => gone.abort());
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new TextEncoder().encode("data: hello\n\n")),
      });
      return new Response(body, { headers: { "content-type": "text/event-stream" } });
    });
    return new Promise<void>((resolve) => gone.signal.addEventListener("abort", () => resolve()));
  };

  it("asks for patience until the instance is ready", async () => {
    const response = await fetch(`${url}/api/khotan/plugs`);
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("1");
    expect((await response.json()).error.code).toBe("not_ready");
  });

  it("passes the request on byte by byte, and the answer back", async () => {
    answerWith(async (request) => {
      const body = new Uint8Array(await request.arrayBuffer());
      return new Response(body.toReversed(), {
        status: 202,
        headers: { "x-seen": request.headers.get("x-sent") ?? "" },
      });
    });
    const sent = Uint8Array.from([0, 255, 128, 10, 13]);
    const response = await fetch(`${url}/api/khotan/webhook/x`, {
      method: "POST",
      body: sent,
      headers: { "x-sent": "é" },
    });
    expect(response.status).toBe(202);
    expect(response.headers.get("x-seen")).toBe("é");
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(sent.toReversed());
  });

  it("lets the instance send a short answer without a Response", async () => {
    const nothing = async (): Promise<void> => undefined;
    setHubInstance({
      handler: async () => new Response("the long way"),
      answer: async (request, { send, checksLength }) => {
        const text = await request.text();
        return send?.(202, { "x-checks": String(checksLength) }, `é${text}`) ?? new Response(null, { status: 500 });
      },
      ready: nothing,
      start: nothing,
      stop: nothing,
    });
    const response = await fetch(`${url}/api/khotan/webhook/x`, { method: "POST", body: "hello" });
    expect(response.status).toBe(202);
    expect(response.headers.get("x-checks")).toBe("true");
    expect(response.headers.get("content-length")).toBe("7");
    expect(await response.text()).toBe("éhello");
  });

  it("sends a stream as it comes, and tells the handler when the reader leaves", async () => {
    const gone = endless();
    const reading = new AbortController();
    const response = await fetch(`${url}/api/khotan/stream`, { signal: reading.signal });
    const first = await response.body?.getReader().read();
    expect(new TextDecoder().decode(first?.value)).toBe("data: hello\n\n");
    reading.abort();
    await gone;
  });

  it("cuts streams when the server closes, and lets other answers finish", async () => {
    const gone = endless();
    const stream = await fetch(`${url}/api/khotan/stream`);
    let finish: (response: Response) => void = () => undefined;
    const arrived = new Promise<void>((resolve) =>
      answerWith(() => {
        resolve();
        return new Promise<Response>((answer) => {
          finish = answer;
        });
      }),
    );
    const slow = fetch(`${url}/api/khotan/plugs`);
    await arrived;
    const closed = open.close(60_000);
    await gone;
    await expect(stream.text()).rejects.toThrow();
    finish(Response.json({ done: true }));
    expect(await (await slow).json()).toEqual({ done: true });
    await closed;
    await expect(fetch(url)).rejects.toThrow();
  });

  it("answers a handler's mistake with an error that says nothing about it", async () => {
    const complain = vi.spyOn(console, "error").mockImplementation(() => undefined);
    answerWith(() => Promise.reject(new Error("password=hunter2")));
    const response = await fetch(`${url}/api/khotan/plugs`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("hunter2");
    expect(complain).toHaveBeenCalled();
    complain.mockRestore();
  });
});
