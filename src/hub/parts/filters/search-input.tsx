"use client";

import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import { BareInput, InputGroup } from "../../../components/ui/input.tsx";
import { Kbd } from "../../../components/ui/kbd.tsx";
import { useShortcut } from "../../shell/keys/keys-provider.tsx";

interface SearchInputProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder: string;
  readonly label: string;
  readonly className?: string;
}

/** Searches while one types, a quarter of a second after the last key. `/` comes here, Esc clears and leaves. */
export function SearchInput({ value, onChange, placeholder, label, className }: SearchInputProps) {
  const t = useTranslations("parts");
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  // The address may change under us (back, "Clear all"); what is typed follows then, and only then.
  if (known !== value) {
    setKnown(value);
    if (value !== text.trim()) setText(value);
  }
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => latest.current(text.trim()), 250);
    return () => clearTimeout(timer);
  }, [text, value]);
  useShortcut({ keys: "/", label: t("keys.search"), group: "list", run: () => input.current?.focus() });
  return (
    <InputGroup className={cn("h-control-sm px-2 text-xs small:text-sm", className)}>
      <Icon name="search" className="size-3.5" />
      <BareInput
        ref={input}
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") onChange(text.trim());
          if (event.key !== "Escape") return;
          event.preventDefault();
          setText("");
          onChange("");
          input.current?.blur();
        }}
        className="peer [&::-webkit-search-cancel-button]:hidden"
      />
      <Kbd className="peer-focus:hidden small:hidden" aria-hidden="true">
        /
      </Kbd>
    </InputGroup>
  );
}
