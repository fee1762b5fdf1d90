import type { Client, FollowState } from "../../client/index.ts";
import { followChanges } from "../../client/index.ts";
import type { Change } from "../../contract/index.ts";

/** What the tabs of one browser tell each other. */
type Note =
  | { readonly kind: "change"; readonly change: Change }
  | { readonly kind: "state"; readonly state: FollowState }
  | { readonly kind: "hello" };

export interface LiveOptions {
  readonly client: Pick<Client, "getStream">;
  /** Tabs with the same name share a stream. */
  readonly name: string;
  readonly onChange: (change: Change) => void;
  readonly onState: (state: FollowState) => void;
  readonly locks?: Pick<LockManager, "request"> | undefined;
  readonly openChannel?: ((name: string) => BroadcastChannel) | undefined;
}

/**
 * One stream per browser: HTTP/1.1 allows six connections per host, and ten open tabs would use them up.
 * The tab that holds a Web Lock reads the stream and passes on what it hears; when it closes, the next takes over.
 * Without Web Locks (plain http on another host) each tab reads its own.
 *
 * @returns how to stop.
 */
export function startLive({ client, name, onChange, onState, locks, openChannel }: LiveOptions): () => void {
  const stop = new AbortController();
  const channel = openChannel?.(name);
  let state: FollowState = "connecting";
  let leading = false;

  const tell = (note: Note) => channel?.postMessage(note);
  const heard = (next: FollowState) => {
    state = next;
    onState(next);
  };
  const lead = () => {
    leading = true;
    return followChanges(client, {
      signal: stop.signal,
      onChange: (change) => {
        onChange(change);
        tell({ kind: "change", change });
      },
      onState: (next) => {
        heard(next);
        tell({ kind: "state", state: next });
      },
    });
  };

  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<Note>) => {
      if (data.kind === "hello") {
        if (leading) tell({ kind: "state", state });
      } else if (leading) return;
      else if (data.kind === "state") heard(data.state);
      else onChange(data.change);
    };
    tell({ kind: "hello" });
  }
  if (locks && channel) {
    locks.request(name, { signal: stop.signal }, lead).catch(() => undefined); // aborted while it waited for its turn
  } else {
    void lead();
  }
  return () => {
    stop.abort();
    channel?.close();
  };
}
