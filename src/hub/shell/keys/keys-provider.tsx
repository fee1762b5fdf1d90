"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { matchSequence, type Stroke } from "./match-keys.ts";

export interface Shortcut {
  readonly keys: string;
  /** What the `?` sheet calls it. */
  readonly label: string;
  readonly group: "everywhere" | "rooms" | "list" | "record" | "canvas";
  readonly run: (event: KeyboardEvent) => void;
}

interface Keys {
  readonly add: (shortcut: Shortcut) => () => void;
  readonly list: () => readonly Shortcut[];
  readonly enabled: boolean;
  readonly setEnabled: (enabled: boolean) => void;
}

const Context = createContext<Keys | null>(null);
const STORAGE = "khotan-keys";
const SEQUENCE_MS = 900;

/** Listens once for the whole Hub; the last shortcut added for a key wins. */
export function KeysProvider({ listen = true, children }: { listen?: boolean; children: ReactNode }) {
  const shortcuts = useRef<Shortcut[]>([]);
  const [enabled, setEnabled] = useState(true);

  useEffect(() => setEnabled(localStorage.getItem(STORAGE) !== "off"), []);

  useEffect(() => {
    if (!listen) return;
    let before: { at: number; strokes: Stroke[] } = { at: 0, strokes: [] };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const withModifier = event.metaKey || event.ctrlKey;
      if (!withModifier && (!enabled || isTyping(event.target) || isInOverlay(event.target))) return;
      if (["Shift", "Control", "Meta", "Alt"].includes(event.key)) return;
      const strokes = event.timeStamp - before.at < SEQUENCE_MS ? before.strokes : [];
      const keys = shortcuts.current.map((shortcut) => shortcut.keys);
      let match = matchSequence(keys, strokes, event);
      if (!match.complete && !match.pending && strokes.length > 0) match = matchSequence(keys, [], event);
      before = match.pending ? { at: event.timeStamp, strokes: [...strokes, event] } : { at: 0, strokes: [] };
      const chosen = shortcuts.current.findLast((shortcut) => shortcut.keys === match.complete);
      if (!chosen) return;
      event.preventDefault();
      chosen.run(event);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [enabled, listen]);

  const value = useMemo<Keys>(
    () => ({
      add: (shortcut) => {
        shortcuts.current.push(shortcut);
        return () => {
          shortcuts.current = shortcuts.current.filter((other) => other !== shortcut);
        };
      },
      list: () => shortcuts.current,
      enabled,
      setEnabled: (next) => {
        setEnabled(next);
        localStorage.setItem(STORAGE, next ? "on" : "off");
      },
    }),
    [enabled],
  );
  return <Context value={value}>{children}</Context>;
}

export function useKeys(): Keys {
  const keys = useContext(Context);
  if (!keys) throw new Error("useKeys is used outside of <KeysProvider>");
  return keys;
}

/**
 * Bind a shortcut while the component is there.
 *
 * @param shortcut `null` binds nothing.
 */
export function useShortcut(shortcut: Shortcut | null): void {
  const { add } = useKeys();
  const latest = useRef(shortcut);
  useEffect(() => {
    latest.current = shortcut;
  });
  const keys = shortcut?.keys;
  const label = shortcut?.label ?? "";
  const group = shortcut?.group ?? "everywhere";
  useEffect(() => {
    if (keys === undefined) return;
    return add({ keys, label, group, run: (event) => latest.current?.run(event) });
  }, [add, keys, label, group]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Menus and dialogs read their own keys. */
function isInOverlay(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("[role=menu], [role=dialog][aria-modal=true], [data-overlay]") !== null
  );
}
