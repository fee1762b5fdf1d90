import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A moment in a conversation with the database. */
export interface Aim {
  /** Matches the text of the statement, also of one prepared long ago. */
  readonly statement: RegExp;
  /** `before`: the database never sees it. `after`: it was executed, and nobody hears the answer. */
  readonly moment: "before" | "after";
  /** How many of them pass before it strikes. Default 0: the first one. */
  readonly skip?: number;
}

export interface StatementProxy {
  /** The same database, through the proxy. */
  readonly url: string;
  /** Resolves when the moment has come; that conversation is over by then, and nothing more of it arrives anywhere. */
  strike(aim: Aim): Promise<void>;
  /** Forget about it. */
  disarm(): void;
  /** Break every connection; new ones are let through. @returns how many */
  drop(): number;
  /** Break every connection and refuse new ones. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

interface Armed extends Aim {
  left: number;
  hit: () => void;
}

/**
 * A wire between one process and its database that knows which statements pass, so that a test can kill the process, or
 * only the connection, in the middle of a given one.
 */
export async function statementProxy(databaseUrl: string): Promise<StatementProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let armed: Armed | null = null;

  const server = createServer((client) => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        end();
      });
    }
    let awaited: Armed | null = null;
    const told = listenToClient((text) => {
      const aim = armed;
      if (!aim?.statement.test(text) || aim.left-- > 0) return false;
      armed = null;
      if (aim.moment === "after") awaited = aim;
      else aim.hit();
      return aim.moment === "before";
    });
    const answered = listenToServer();
    client.on("data", (chunk) => {
      if (told(chunk)) end();
      else upstream.write(chunk);
    });
    upstream.on("data", (chunk) => {
      const ready = answered(chunk);
      if (awaited && ready) {
        awaited.hit();
        end();
      } else client.write(chunk);
    });
  });
  const listen = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  const drop = () => {
    const { size } = sockets;
    for (const socket of sockets) socket.destroy();
    return size / 2;
  };
  async function cut(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    drop();
    await closed;
  }
  return {
    url: url.href,
    strike: (aim) =>
      new Promise((hit) => {
        armed = { ...aim, left: aim.skip ?? 0, hit };
      }),
    disarm() {
      armed = null;
    },
    drop,
    cut,
    mend: () => listen(port),
    close: cut,
  };
}

/** Cuts a stream into Postgres' messages: a letter, a length, a body. The client's first one has no letter. */
function messages(onMessage: (type: string, body: Buffer) => void, startup: boolean): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let first = startup;
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const head = first ? 0 : 1;
      if (rest.length < head + 4) return;
      const end = head + rest.readInt32BE(head);
      if (rest.length < end) return;
      if (!first) onMessage(String.fromCharCode(rest[0] ?? 0), rest.subarray(5, end));
      first = false;
      rest = rest.subarray(end);
    }
  };
}

/** @returns whether the chunk holds the statement that must not arrive */
function listenToClient(onStatement: (text: string) => boolean): (chunk: Buffer) => boolean {
  const prepared = new Map<string, string>();
  let stop = false;
  const text = (body: Buffer, from: number) => body.toString("utf8", from, body.indexOf(0, from));
  const read = messages((type, body) => {
    if (type === "P") {
      const name = text(body, 0);
      prepared.set(name, text(body, body.indexOf(0) + 1));
    } else if (type === "B" && !stop) {
      // Executed is what is bound; a statement that is only parsed does nothing yet.
      stop = onStatement(prepared.get(text(body, body.indexOf(0) + 1)) ?? "");
    } else if (type === "Q" && !stop) stop = onStatement(text(body, 0));
  }, true);
  return (chunk) => {
    read(chunk);
    return stop;
  };
}

/** @returns whether the chunk holds the end of an answer */
function listenToServer(): (chunk: Buffer) => boolean {
  let ready = false;
  const read = messages((type) => {
    if (type === "Z") ready = true;
  }, false);
  return (chunk) => {
    ready = false;
    read(chunk);
    return ready;
  };
}
