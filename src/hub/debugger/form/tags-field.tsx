"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Icon } from "../../../components/ui/icon.tsx";
import { BareInput, InputGroup } from "../../../components/ui/input.tsx";
import type { ControlProps } from "./form-context.ts";

/** A list of texts in one line: Enter or a comma adds what is typed, Backspace takes the last away. */
export function TagsField({ id, value, change, label, required, invalid }: ControlProps) {
  const t = useTranslations("debugger");
  const [text, setText] = useState("");
  const tags: readonly unknown[] = Array.isArray(value) ? value : [];
  const put = (next: readonly unknown[]) => change(next.length === 0 && !required ? undefined : next);
  const add = () => {
    if (text.trim() === "") return;
    put([...tags, text.trim()]);
    setText("");
  };
  return (
    <InputGroup className="h-auto min-h-control-sm flex-wrap gap-1 px-1 py-0.5" aria-invalid={invalid || undefined}>
      {tags.map((tag, at) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the same text may stand there twice.
          key={at}
          className="flex h-4.5 max-w-full items-center gap-1 rounded-[5px] bg-accent pr-0.5 pl-1.5 text-xs"
        >
          <span className="truncate">{typeof tag === "string" ? tag : JSON.stringify(tag)}</span>
          <button
            type="button"
            aria-label={t("form.removeTag", { tag: String(tag) })}
            onClick={() => put(tags.filter((_, other) => other !== at))}
            className="grid size-4 place-items-center rounded-xs text-faint-foreground hover:text-foreground"
          >
            <Icon name="x" className="size-2.5" />
          </button>
        </span>
      ))}
      <BareInput
        id={id}
        name={id}
        value={text}
        aria-label={label}
        aria-describedby={`${id}-hint`}
        placeholder={t("form.addTag")}
        autoComplete="off"
        spellCheck={false}
        className="h-4.5 min-w-16 px-1 text-xs"
        onBlur={add}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === ",") {
            // With ⌘ or Ctrl it goes on to send, and what is typed goes along.
            if (!event.metaKey && !event.ctrlKey) event.preventDefault();
            add();
          } else if (event.key === "Backspace" && text === "" && tags.length > 0) put(tags.slice(0, -1));
        }}
      />
    </InputGroup>
  );
}
