"use client";

import { useEffect, useRef } from "react";
import type { Issue } from "../model/check-value.ts";
import { type EditorHandle, mountEditor } from "./mount-editor.ts";

interface JsonEditorProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly label: string;
  /** What does not fit the schema, marked where it stands. */
  readonly issues: readonly Issue[];
  readonly words: (issue: Issue) => string;
  readonly onSend: () => void;
}

/** A JSON text in an editor: colours, brackets, search, undo, and what is wrong under the words. Tab leaves it. */
export default function JsonEditor(props: JsonEditorProps) {
  const { text, label, issues } = props;
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorHandle>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (!place.current) return;
    const made = mountEditor(place.current, {
      text: latest.current.text,
      label,
      onChange: (next) => latest.current.onChange(next),
      onSend: () => latest.current.onSend(),
      issues: () => latest.current.issues.map((issue) => ({ path: issue.path, text: latest.current.words(issue) })),
    });
    editor.current = made;
    return () => made.destroy();
  }, [label]);
  useEffect(() => editor.current?.setText(text), [text]);
  useEffect(() => {
    void issues;
    editor.current?.lintAgain();
  }, [issues]);
  return (
    <div
      ref={place}
      data-slot="json-editor"
      className="min-h-40 overflow-hidden rounded-md border border-input bg-card text-xs shadow-xs input-focus"
    />
  );
}
