"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Input } from "../../../components/ui/input.tsx";
import { Textarea } from "../../../components/ui/textarea.tsx";
import type { PlugRecord, WireRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { FormDialog } from "../../parts/action/form-dialog.tsx";
import { parseJson } from "../../parts/parse-json.ts";
import { useToast } from "../../parts/toast/use-toast.ts";
import { useNavigate } from "../../routing/use-navigate.ts";

interface TestEventDialogProps {
  readonly plug: PlugRecord;
  readonly wire: WireRecord;
  readonly onClose: () => void;
}

/** Type and body of an event that is marked as a test. */
export default function TestEventDialog({ plug, wire, onClose }: TestEventDialogProps) {
  const t = useTranslations("plugs");
  const flows = useTranslations("flows");
  const id = useId();
  const toast = useToast();
  const navigate = useNavigate();
  const named = wire.events.filter((event) => !event.includes("*"));
  const [type, setType] = useState(named[0] ?? "");
  const [text, setText] = useState('{\n  "test": true\n}');
  const body = parseJson(text);
  const send = useAction("createEvent", {
    onDone: (event) => {
      onClose();
      toast.done(t("testEvent.sent"), {
        id: `test:${plug.name}`,
        action: { label: t("testEvent.open"), run: () => navigate(`/events/${event.id}`) },
      });
    },
  });
  const input = {
    body: {
      plug: plug.name,
      tenant: wire.tenant,
      ...(type.trim() ? { type: type.trim() } : {}),
      body: { json: body.ok ? (body.value ?? {}) : {} },
    },
  };
  const problem = body.ok ? undefined : flows("run.notJson", { message: body.message });
  return (
    <FormDialog
      className="max-w-120"
      title={t("testEvent.title", { plug: plug.label })}
      text={t("testEvent.text")}
      submit={t("testEvent.send")}
      needs="operator"
      pending={send.pending}
      blocked={problem}
      curl={<CopyCurl name="createEvent" input={input} className="mr-auto" />}
      onSubmit={() => send.run(input)}
      onClose={onClose}
    >
      <div className="grid gap-1">
        <label htmlFor={`${id}type`} className="text-xs font-medium">
          {t("testEvent.type")}
        </label>
        <Input
          id={`${id}type`}
          list={`${id}types`}
          value={type}
          maxLength={200}
          autoComplete="off"
          className="font-mono text-xs"
          aria-describedby={`${id}hint`}
          onChange={(event) => setType(event.target.value)}
        />
        <datalist id={`${id}types`}>
          {named.map((event) => (
            <option key={event} value={event} />
          ))}
        </datalist>
        <p id={`${id}hint`} className="text-xs text-muted-foreground">
          {t("testEvent.typeHint")}
        </p>
      </div>
      <div className="grid gap-1">
        <label htmlFor={`${id}body`} className="text-xs font-medium">
          {t("testEvent.body")}
        </label>
        <Textarea
          id={`${id}body`}
          rows={8}
          value={text}
          aria-invalid={!body.ok || undefined}
          onChange={(event) => setText(event.target.value)}
        />
        {problem && <p className="text-xs text-st-failed-fg">{problem}</p>}
      </div>
    </FormDialog>
  );
}
