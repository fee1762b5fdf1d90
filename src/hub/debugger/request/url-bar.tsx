"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { cn } from "../../../components/ui/cn.ts";
import { BareInput, InputGroup } from "../../../components/ui/input.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { verbClass } from "../../parts/exchange/method-verb.tsx";
import { useNow } from "../../parts/time/clock.ts";
import { KeyHint } from "../../shell/keys/key-hint.tsx";
import { METHODS } from "../model/draft.ts";
import type { Sending } from "../use-sending.ts";

interface UrlBarProps {
  readonly baseUrl: string | null;
  readonly method: string;
  readonly path: string;
  readonly onChange: (part: { readonly method?: string; readonly path?: string }) => void;
  readonly sending: Sending | undefined;
  readonly blocked: string | undefined;
  readonly onSend: () => void;
}

/** Method, address and the button that sends. While it is under way, the button stops it. */
export function UrlBar({ baseUrl, method, path, onChange, sending, blocked, onSend }: UrlBarProps) {
  const t = useTranslations("debugger");
  const under = sending?.state === "sending";
  return (
    <div className="flex gap-2 px-4 py-3 small:flex-wrap">
      <span className="w-24 shrink-0">
        <Select
          value={method}
          aria-label={t("url.method")}
          onChange={({ target }) => onChange({ method: target.value })}
          className={cn("h-control font-mono text-xs font-semibold", verbClass(method))}
        >
          {METHODS.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      </span>
      <InputGroup className="min-w-0 flex-1 gap-0 overflow-hidden font-mono text-xs">
        <span
          title={baseUrl ?? t("url.noBase")}
          className="max-w-[68%] truncate text-faint-foreground [direction:rtl] small:hidden"
        >
          {/* The end of a long address tells more than its beginning. */}
          <bdi>{baseUrl ?? t("url.noBase")}</bdi>
        </span>
        <BareInput
          value={path}
          aria-label={t("url.path")}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => onChange({ path: target.value })}
          className="w-0 min-w-20"
        />
      </InputGroup>
      {under ? (
        <Button size="md" aria-label={t("url.cancelLabel")} onClick={sending.cancel} className="min-w-24 small:w-full">
          {t("url.cancel")}
          <Elapsed since={sending.since} />
        </Button>
      ) : (
        <ActionButton
          needs="operator"
          variant="primary"
          size="md"
          icon="send"
          blocked={blocked}
          onClick={onSend}
          className="min-w-24 small:w-full"
        >
          {t("url.send")}
          <KeyHint keys="mod+Enter" className="small:hidden" />
        </ActionButton>
      )}
    </div>
  );
}

function Elapsed({ since }: { since: number }) {
  const t = useTranslations("debugger");
  const seconds = Math.max(0, Math.floor((useNow() - since) / 1000));
  return (
    <span className="text-xs font-normal text-muted-foreground tabular-nums">{t("url.elapsed", { seconds })}</span>
  );
}
