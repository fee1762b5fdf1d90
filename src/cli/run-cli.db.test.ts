import { readFile, stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { bearer, catchEvent, fromVar, githubSignature, inflow, plug, wire } from "khotan";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type CliHub, close, createCliHub } from "../../tests/support/cli-hub.ts";
import { eventually } from "../../tests/support/hub.ts";
import { listen } from "../server/http/listen.ts";
import { loginFile } from "./saved-login.ts";

const SECRET = "s3cret-of-the-wire";
const TOKEN = "tok_very-secret-0123456789";
let provider: Server;
let house: CliHub;
/** What the other side was sent. */
const authorizations: (string | undefined)[] = [];

beforeAll(async () => {
  provider = createServer((request, response) => {
    authorizations.push(request.headers.authorization);
    const status = request.url?.startsWith("/gone") ? 410 : 200;
    response.writeHead(status, { "content-type": "application/json" }).end('{"id":7,"title":17}');
  });
  const port = await listen(provider, 0, "127.0.0.1");
  const github = plug({
    name: "github",
    baseUrl: `http://127.0.0.1:${port}`,
    auth: bearer(fromVar("token")),
    vars: [
      { key: "token", label: "Token", type: "password", required: true },
      { key: "owner", label: "Owner", type: "text" },
    ],
    endpoints: {
      getIssue: {
        method: "GET",
        path: "/issues/:id",
        params: z.object({ id: z.string() }),
        responses: { 200: z.object({ id: z.number(), title: z.string() }) },
      },
    },
  });
  house = await createCliHub({
    plugs: [
      {
        plug: github,
        wires: [wire({ events: ["*"], verify: githubSignature() })],
        catches: [catchEvent({ name: "keep", events: ["*"], run: async (ctx) => ctx.log("kept it") })],
        flows: [
          inflow({ name: "issues", variants: { full: {} }, run: async (ctx) => ctx.log("all of them") }),
          inflow({
            name: "endless",
            retry: { attempts: 1 },
            run: ({ signal }) => new Promise((_, end) => signal.addEventListener("abort", () => end(signal.reason))),
          }),
          inflow({ name: "broken", retry: { attempts: 1 }, run: () => Promise.reject(new Error("it broke")) }),
        ],
      },
    ],
  });
  await house.cli(["wires", "connect", "github", "--var", `webhookSecret=${SECRET}`]);
});
afterAll(async () => {
  await house.stop();
  await close(provider);
});

const json = (text: string) => JSON.parse(text);

describe("every command", () => {
  it.each([
    [["plugs"]],
    [["plug", "github"]],
    [["vars", "show", "github"]],
    [["wires"]],
    [["flows"]],
    [["flows", "trigger", "issues"]],
    [["runs"]],
    [["events"]],
    [["deadletters"]],
    [["jobs"]],
    [["mappings"]],
    [["tail"]],
    [["whoami"]],
    [["listen"]],
  ])("%s is protected: without a key it ends with 4 and the way out", async (args) => {
    const run = await house.cli(args, { who: null });
    expect(run).toMatchObject({ code: 4, out: "" });
    expect(run.err).toContain("khotan login");
  });

  it("ends with 5 when nobody answers, and 2 when it is written wrong", async () => {
    expect(await house.cli(["plugs", "--url", "http://127.0.0.1:9"])).toMatchObject({ code: 5 });
    expect(await house.cli(["plugs", "--url", "nonsense"])).toMatchObject({ code: 2 });
    expect(await house.cli(["plugs", "--nonsense"])).toMatchObject({ code: 2 });
    expect(await house.cli(["runs", "list", "--limit", "0"])).toMatchObject({ code: 2 });
    expect(await house.cli(["runs", "list", "--status", "bad"])).toMatchObject({ code: 2 });
    const wrong = await house.cli(["plugz"]);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain("Did you mean");
  });

  it("says what was probably meant where a list or a watch is narrowed to what is not there", async () => {
    for (const [args, meant] of [
      [["events", "list", "--plug", "gihub"], "github"],
      [["runs", "list", "--plug", "gihub"], "github"],
      [["runs", "list", "--flow", "isues"], "issues"],
      [["runs", "list", "--handler", "keeep"], "keep"],
      [["mappings", "--plug", "gihub"], "github"],
      [["flows", "--plug", "gihub"], "github"],
      [["deadletters", "--plug", "gihub"], "github"],
      [["tail", "--plug", "gihub"], "github"],
      [["listen", "--plug", "gihub"], "github"],
    ] as const) {
      const run = await house.cli(args);
      expect(run, args.join(" ")).toMatchObject({ code: 3, out: "" });
      expect(run.err).toContain(`Did you mean "${meant}"?`);
    }
    expect(await house.cli(["runs", "list", "--plug", "github", "--flow", "endless"])).toMatchObject({ code: 0 });
    const status = await house.cli(["runs", "list", "--status", "succeeded,faild"]);
    expect(status).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean "failed"?') });
    const word = await house.cli(["--tenant", "default", "runs", "lst"]);
    expect(word).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean "khotan runs list"?') });
    expect((await house.cli(["events", "show", "evt_0"])).err).toContain("List them: khotan events");
  });

  it("shows a viewer what he may see and refuses the rest with 4", async () => {
    expect(await house.cli(["plugs"], { who: "viewer" })).toMatchObject({ code: 0 });
    expect(await house.cli(["vars", "set", "github", "owner=acme"], { who: "viewer" })).toMatchObject({ code: 4 });
  });

  it("has a page of help with an example", async () => {
    const groups = (await house.cli(["--help"])).out.match(/^ {2}[a-z]+/gm)?.map((line) => line.trim()) ?? [];
    expect(groups).toEqual(expect.arrayContaining(["plugs", "plug", "runs", "listen", "doctor"]));
    for (const name of groups.filter((one) => one !== "help")) {
      const help = await house.cli([name, "--help"]);
      expect(help).toMatchObject({ code: 0, err: "" });
      expect(help.out, name).toContain("Example: ");
    }
  });
});

describe("khotan login", () => {
  it("tries a key before it keeps it, readable by its owner alone, and uses it for that hub only", async () => {
    const env = { KHOTAN_API_KEY: "" };
    expect(await house.cli(["login"], { env, stdin: "wrong\n" })).toMatchObject({ code: 4 });
    expect(await house.cli(["login"], { env, stdin: "viewer\n" })).toMatchObject({ code: 0 });
    const file = loginFile({ home: house.home, env: {} });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const whoami = await house.cli(["whoami", "--json"], { env: { KHOTAN_API_KEY: "", KHOTAN_URL: "" } });
    expect(json(whoami.out)).toMatchObject({ url: house.url, principal: { role: "viewer" } });
    const elsewhere = house.url.replace("127.0.0.1", "localhost");
    expect(await house.cli(["whoami", "--url", elsewhere], { env })).toMatchObject({ code: 4 });
    expect(await house.cli(["logout"])).toMatchObject({ code: 0 });
    expect(await house.cli(["whoami"], { env })).toMatchObject({ code: 4 });
  });
});

describe("khotan plug", () => {
  it("lists plugs, fits the terminal and says what was probably meant", async () => {
    const narrow = await house.cli(["plugs"], { columns: 50 });
    for (const line of narrow.out.split("\n")) expect(line.length).toBeLessThanOrEqual(50);
    expect(json((await house.cli(["plug", "list", "--json"])).out).items).toMatchObject([{ name: "github" }]);
    const wrong = await house.cli(["plug", "gihub", "/issues/7"]);
    expect(wrong).toMatchObject({ code: 3, out: "" });
    expect(wrong.err).toContain('Did you mean "github"?');
  });

  it("refuses words of its own as names", async () => {
    expect(await house.cli(["vars", "show", "vars"])).toMatchObject({ code: 2 });
    expect(await house.cli(["wires", "connect", "list"])).toMatchObject({ code: 2 });
  });

  it("sets variables, and never shows a secret", async () => {
    const set = await house.cli(["plug", "vars", "set", "github", "token=-"], { stdin: `${TOKEN}\n` });
    expect(set.code).toBe(0);
    const shown = await house.cli(["vars", "show", "github", "--json"]);
    expect(set.out + set.err + shown.out).not.toContain(TOKEN);
    expect(json(shown.out).fields).toMatchObject([{ key: "token", set: true }, { key: "owner" }]);
    const wrong = await house.cli(["vars", "set", "github", "tokn=x"]);
    expect(wrong).toMatchObject({ code: 2 });
    expect(wrong.err).toContain('Did you mean "token"?');
    expect(await house.cli(["vars", "clear", "github"])).toMatchObject({ code: 2 });
    expect((await house.cli(["vars", "list"])).out).toContain("github");
  });

  it("sends a request with the plug's credentials", async () => {
    const run = await house.cli(["probe", "github", "GET", "/issues/:id", "--param", "id=7"]);
    expect(run).toMatchObject({ code: 0 });
    expect(json(run.out)).toEqual({ id: 7, title: 17 });
    expect(authorizations.at(-1)).toBe(`Bearer ${TOKEN}`);
    expect(run.err).not.toContain(TOKEN);
    expect(await house.cli(["plug", "github", "/gone"])).toMatchObject({ code: 1 });
    expect(await house.cli(["plug", "github", "FETCH", "/"])).toMatchObject({ code: 2 });
  });

  it("compares an answer with what its endpoint declares", async () => {
    const run = await house.cli(["plug", "github", "-e", "getIssue", "-p", "id=7", "--compare"]);
    expect(run.code).toBe(1);
    expect(run.err).toContain("$.title");
    const near = await house.cli(["plug", "github", "-e", "getIsue"]);
    expect(near).toMatchObject({ code: 3 });
    expect(near.err).toContain('Did you mean "getIssue"?');
    expect((await house.cli(["plug", "github", "--info"])).out).toContain("getIssue");
  });
});

describe("khotan trigger, events and runs", () => {
  const env = { KHOTAN_WEBHOOK_SECRET: SECRET };

  it("takes a sample all the way to its run", async () => {
    const sent = await house.cli(["trigger", "github", "push"], { env });
    expect(sent.code).toBe(0);
    const { id } = json(sent.out);
    const show = await eventually(
      async () => json((await house.cli(["events", "show", id, "--json"])).out),
      (event) => event.deliveries[0]?.status === "succeeded",
    );
    expect(show).toMatchObject({ type: "push", verification: { ok: true, scheme: "github" } });
    expect(json((await house.cli(["events", "show", id, "--raw"])).out)).toMatchObject({ ref: "refs/heads/main" });
    expect((await house.cli(["events", "list", "--type", "push", "--since", "1h"])).out).toContain(id);
    const runId = show.deliveries[0].runIds[0];
    expect((await house.cli(["runs", "logs", runId])).out).toContain("kept it");
    expect((await house.cli(["runs", "show", runId])).out).toContain("succeeded");
    expect(await house.cli(["events", "replay", id])).toMatchObject({ code: 0 });
    expect(await house.cli(["runs", "retry", runId])).toMatchObject({ code: 0 });
    expect(await house.cli(["runs", "cancel", runId])).toMatchObject({ code: 1 });
    expect(await house.cli(["runs", "show", "run_nothing"])).toMatchObject({ code: 3 });
  });

  it("says why a sample was refused", async () => {
    const refused = await house.cli(["trigger", "github", "push"], { env: { KHOTAN_WEBHOOK_SECRET: "wrong" } });
    expect(refused).toMatchObject({ code: 4 });
    expect(refused.err).toContain("Is the secret the wire's?");
    expect(await house.cli(["trigger", "github", "push"])).toMatchObject({ code: 2 });
    expect((await house.cli(["trigger", "github"])).out).toContain("issues.opened");
  });

  it("stores a sample by the API where the secret is not known", async () => {
    const stored = await house.cli(["trigger", "github", "ping", "--stored"]);
    expect(stored.out).toMatch(/^evt_/);
  });

  it("starts a flow and follows its run to the end", async () => {
    expect(await house.cli(["flows", "trigger", "issues"])).toMatchObject({ code: 2 });
    const near = await house.cli(["flows", "trigger", "isues", "--variant", "full"]);
    expect(near).toMatchObject({ code: 3 });
    expect(near.err).toContain('Did you mean "issues"?');
    const started = await house.cli(["flows", "trigger", "issues", "--variant", "full"]);
    const logs = await house.cli(["runs", "logs", "-f", started.out.trim()]);
    expect(logs).toMatchObject({ code: 0 });
    expect(logs.out).toContain("all of them");
    expect((await house.cli(["flows", "runs", "issues"])).out).toContain(started.out.trim());
    const broken = await house.cli(["flows", "trigger", "broken"]);
    expect(await house.cli(["runs", "logs", "-f", broken.out.trim()])).toMatchObject({ code: 1 });
  });

  it("cancels what runs of a flow", async () => {
    const id = (await house.cli(["flows", "trigger", "endless"])).out.trim();
    const cancelled = await house.cli(["flows", "cancel", "endless"]);
    expect(cancelled).toMatchObject({ code: 0, out: expect.stringContaining(id) });
    expect(await house.cli(["runs", "logs", "-f", id])).toMatchObject({
      code: 1,
      err: expect.stringContaining("cancelled"),
    });
    expect(await house.cli(["flows", "cancel", "endless"])).toMatchObject({ code: 0, out: "" });
    expect(await house.cli(["flows", "cancel", "endles"])).toMatchObject({ code: 3 });
  });

  it("shows each tenant's key its own and no more", async () => {
    await house.cli(["wires", "connect", "github", "--tenant", "acme", "--var", `webhookSecret=${SECRET}`]);
    const sent = await house.cli(["trigger", "github", "push", "--tenant", "acme"], { env });
    const { id } = json(sent.out);
    expect((await house.cli(["events"], { who: "acme" })).out).toContain(id);
    expect((await house.cli(["events"], { who: "globex" })).out).not.toContain(id);
    expect(await house.cli(["events", "show", id], { who: "globex" })).toMatchObject({ code: 3 });
  });

  it("tails what happens", async () => {
    const ending = new AbortController();
    let seen = "";
    let opened: () => void = () => undefined;
    const open = new Promise<void>((resolve) => {
      opened = resolve;
    });
    const tail = house.cli(["tail", "--plug", "github"], {
      signal: ending.signal,
      onOutput: (text) => {
        seen += text;
        if (seen.includes("Listening")) opened();
        if (/event +evt_\w+ github push/.test(seen) && /run +run_\w+ github\/keep succeeded/.test(seen)) ending.abort();
      },
    });
    await open;
    const { id } = json((await house.cli(["trigger", "github", "push"], { env })).out);
    expect(await tail).toMatchObject({ code: 0 });
    expect(seen).toContain(`event ${id} github push`);
  });
});

describe("khotan listen", () => {
  it("shows what a hub on this machine got itself, and sends it nothing again", async () => {
    const ending = new AbortController();
    let opened: () => void = () => undefined;
    const open = new Promise<void>((resolve) => {
      opened = resolve;
    });
    const file = `${house.home}/here.jsonl`;
    const listening = house.cli(["listen", "--plug", "github", "--history-file", file], {
      signal: ending.signal,
      onOutput: (text) => {
        if (text.includes("Listening")) opened();
        if (text.includes("issues.opened")) ending.abort();
      },
    });
    await open;
    const sent = await house.cli(["trigger", "github", "issues.opened"], { env: { KHOTAN_WEBHOOK_SECRET: SECRET } });
    const { id } = json(sent.out);
    expect(await listening).toMatchObject({ code: 0, out: expect.stringContaining(`${id} github issues.opened`) });
    const again = await house.cli(["listen", "--resend", "last", "--history-file", file]);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining("→ 200") }); // a repeat
  });

  it("posts the exact bytes to this machine, signed anew, and sends them again", async () => {
    const received: { body: string; verdict: boolean; path: string | undefined }[] = [];
    const local = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const body = Buffer.concat(chunks);
      const { ok } = githubSignature().verify({ method: "POST", url: "", headers, body }, ["local"]);
      received.push({ body: body.toString(), verdict: ok, path: request.url });
      response.writeHead(202).end("{}");
    });
    const to = `http://127.0.0.1:${await listen(local, 0, "127.0.0.1")}/here`;
    const ending = new AbortController();
    let opened: () => void = () => undefined;
    const open = new Promise<void>((resolve) => {
      opened = resolve;
    });
    const args = ["listen", "--plug", "github", "--to", to, "--sign", "github", "--secret", "local"];
    const listening = house.cli(args, {
      signal: ending.signal,
      onOutput: (text) => {
        if (text.includes("Listening")) opened();
        if (text.includes("→ 202")) ending.abort();
      },
    });
    await open;
    const sent = await house.cli(["trigger", "github", "issues.opened"], { env: { KHOTAN_WEBHOOK_SECRET: SECRET } });
    const { id } = json(sent.out);
    expect(await listening).toMatchObject({ code: 0 });
    const { out: raw } = await house.cli(["events", "show", id, "--raw"]);
    expect(received).toEqual([{ body: raw, verdict: true, path: "/here" }]);

    const file = `${house.home}/.khotan/listen.jsonl`;
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readFile(file, "utf8")).trim().split("\n")).toHaveLength(1);
    expect((await house.cli(["listen", "--history"])).out).toContain(id);
    const again = await house.cli([...args, "--resend", "last"]);
    expect(again).toMatchObject({ code: 0 });
    expect(received).toHaveLength(2);
    expect(received[1]).toEqual(received[0]);
    expect(await house.cli(["listen", "--resend", "evt_none"])).toMatchObject({ code: 3 });
    await close(local);
    expect(await house.cli([...args, "--resend", id])).toMatchObject({ code: 5 });
  });
});

describe("khotan doctor and migrate", () => {
  it("finds what is wrong, each with its fix, and shows no secret", async () => {
    const run = await house.cli(["doctor", "--json"]);
    const { findings } = json(run.out);
    expect(findings.map(({ about }: { about: string }) => about)).toEqual(
      expect.arrayContaining(["node", "hub", "clock", "database", "migrations", "queue", "key", "webhook address"]),
    );
    for (const { state, fix } of findings) expect(state === "ok" || fix.length > 0).toBe(true);
    expect(run.out).not.toContain(SECRET);
    const noKey = await house.cli(["doctor"], { who: null });
    expect(noKey).toMatchObject({ code: 1 });
    expect(noKey.out).toContain("✗ key");
    expect((await house.cli(["doctor", "--url", "http://127.0.0.1:9"])).out).toContain("✗ hub");
  });

  it("prints pending SQL and changes nothing, then applies it", async () => {
    const { createTestDatabase } = await import("../../tests/support/database.ts");
    const database = await createTestDatabase();
    const env = { DATABASE_URL: database.url };
    const plan = await house.cli(["migrate", "--plan"], { env });
    expect(plan).toMatchObject({ code: 0 });
    expect(plan.out).toContain('CREATE TABLE "khotan_events"');
    expect(json((await house.cli(["migrate", "--json"], { env })).out).applied.length).toBeGreaterThan(1);
    expect(await house.cli(["migrate"], { env })).toMatchObject({ code: 0, out: "", err: "Up to date.\n" });
    expect((await house.cli(["migrate", "--plan"], { env })).out).toBe("");
    await database.drop();
    expect(await house.cli(["migrate"])).toMatchObject({ code: 2 });
  });

  it("makes the tables of a throwaway database anew with --push, and not without being told so", async () => {
    const { createTestDatabase } = await import("../../tests/support/database.ts");
    const database = await createTestDatabase();
    const env = { DATABASE_URL: database.url };
    const all = json((await house.cli(["migrate", "--json"], { env })).out).applied;
    expect(await house.cli(["migrate", "--push"], { env })).toMatchObject({ code: 2, out: "" });
    const pushed = await house.cli(["migrate", "--push", "--yes", "--json"], { env });
    expect(json(pushed.out)).toEqual({ applied: all });
    await database.drop();
  });
});

it("opens an id's page, and completes words", async () => {
  const id = "run_01jx0000000000000000000000";
  const origin = new URL(house.url).origin;
  expect((await house.cli(["open", id])).out).toBe(`${origin}/hub/open/${id}\n`);
  expect(await house.cli(["open", "nonsense"])).toMatchObject({ code: 2 });
  expect((await house.cli(["complete", "--", "runs", ""])).out).toBe("cancel\nlist\nlogs\nretry\nshow\n");
  expect((await house.cli(["complete", "--", "runs", "list", "--st"])).out).toBe("--status\n");
  for (const shell of ["bash", "zsh", "fish"]) expect((await house.cli(["completion", shell])).out).toContain("khotan");
});
