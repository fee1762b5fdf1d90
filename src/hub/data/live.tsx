"use client";

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { FollowState } from "../../client/index.ts";
import { CHANGE_TOPICS, type ChangeTopic } from "../../contract/topics.ts";
import { useHub } from "../config.tsx";
import { startLive } from "./live-channel.ts";
import { throttle } from "./throttle.ts";
import { TOPIC_READS } from "./topic-reads.ts";

type Listener = (topic: ChangeTopic | "all") => void;

interface Live {
  readonly state: FollowState;
  readonly subscribe: (listener: Listener) => () => void;
}

const Context = createContext<Live | null>(null);

/** Follows the server's changes and makes the reads they concern stale, each table at most once a second. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const { client, apiPath } = useHub();
  const queryClient = useQueryClient();
  const listeners = useRef(new Set<Listener>());
  const [state, setState] = useState<FollowState>("connecting");

  useEffect(() => {
    const tell = (topic: ChangeTopic | "all") => {
      for (const listener of listeners.current) listener(topic);
    };
    const gates = new Map(
      CHANGE_TOPICS.map((topic) => [
        topic,
        throttle(() => {
          refresh(queryClient, topic);
          tell(topic);
        }, 1_000),
      ]),
    );
    let missed = false;
    const stop = startLive({
      client,
      name: `khotan-live:${apiPath}`,
      locks: globalThis.navigator?.locks,
      openChannel: typeof BroadcastChannel === "undefined" ? undefined : (name) => new BroadcastChannel(name),
      onChange: ({ topic }) => gates.get(topic)?.call(),
      onState: (next) => {
        setState(next);
        if (next === "reconnecting") missed = true;
        if (next === "open" && missed) {
          missed = false;
          void queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.live !== "own" });
          tell("all");
        }
      },
    });
    return () => {
      stop();
      for (const gate of gates.values()) gate.cancel();
    };
  }, [client, apiPath, queryClient]);

  const value = useMemo<Live>(
    () => ({
      state,
      subscribe: (listener) => {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
    }),
    [state],
  );
  return <Context value={value}>{children}</Context>;
}

function useLive(): Live {
  const live = useContext(Context);
  if (!live) throw new Error("useLive is used outside of <LiveProvider>");
  return live;
}

export const useLiveState = (): FollowState => useLive().state;

/** Call back when one of the tables changed, or when the stream was cut and anything may have. */
export function useLiveTopics(topics: readonly ChangeTopic[], onChange: () => void): void {
  const { subscribe } = useLive();
  const latest = useRef({ topics, onChange });
  useEffect(() => {
    latest.current = { topics, onChange };
  });
  useEffect(
    () =>
      subscribe((topic) => {
        if (topic === "all" || latest.current.topics.includes(topic)) latest.current.onChange();
      }),
    [subscribe],
  );
}

function refresh(queryClient: QueryClient, topic: ChangeTopic) {
  const reads: readonly unknown[] = TOPIC_READS[topic];
  void queryClient.invalidateQueries({
    predicate: ({ queryKey, meta }) => meta?.live !== "own" && reads.includes(queryKey[0]),
  });
}
