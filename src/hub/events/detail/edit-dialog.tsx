"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogTitle } from "../../../components/ui/dialog.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Label } from "../../../components/ui/label.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";
import type { EventDetail } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { useApi } from "../../data/use-api.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { useNavigate } from "../../routing/use-navigate.ts";
import { checkDraft, draftOf, type EventDraft } from "./edit-event.ts";

/** Change type and body of a copy, and send it the way of a webhook, for real. */
export default function EditDialog({ event, onClose }: { event: EventDetail; onClose: () => void }) {
  const t = useTranslations("events.edit");
  const needsText = !draftOf(event, "").json;
  const raw = useApi(
    "getEventRaw",
    { params: { id: event.id } },
    { enabled: needsText, staleTime: Number.POSITIVE_INFINITY },
  );
  const text = raw.data ? new TextDecoder().decode(raw.data) : "";
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-w-160">
        <DialogTitle>{t("title")}</DialogTitle>
        <DialogDescription>{t("text")}</DialogDescription>
        {raw.error && <ErrorState title={t("failed")} error={raw.error} onRetry={() => void raw.refetch()} />}
        {needsText && raw.isPending && !raw.error && <Skeleton className="w-3/5" />}
        {(!needsText || raw.data) && <Editor event={event} begin={draftOf(event, text)} onClose={onClose} />}
      </DialogContent>
    </Dialog>
  );
}

function Editor({ event, begin, onClose }: { event: EventDetail; begin: EventDraft; onClose: () => void }) {
  const t = useTranslations("events.edit");
  const toast = useToast();
  const navigate = useNavigate();
  const id = useId();
  const [draft, setDraft] = useState(begin);
  const check = checkDraft(draft, event.id);
  const wrong = check.ok
    ? undefined
    : check.field === "type"
      ? t("noType")
      : check.line === null
        ? t("noJson")
        : t("noJsonAt", { line: check.line });
  const send = useAction("createEvent", {
    onDone: (sent) => {
      onClose();
      toast.done(t("done", { type: sent.type }), { id: `edit:${event.id}` });
      navigate(`/events/${sent.id}`, { keepQuery: true });
    },
  });
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <Label htmlFor={`${id}-type`}>{t("type")}</Label>
        <Input
          id={`${id}-type`}
          value={draft.type}
          className="font-mono text-xs"
          onChange={(change) => setDraft({ ...draft, type: change.target.value })}
        />
      </div>
      <div className="flex flex-col gap-1.5">
        <Label htmlFor={`${id}-body`}>{t(draft.json ? "bodyJson" : "bodyText")}</Label>
        <textarea
          id={`${id}-body`}
          value={draft.body}
          spellCheck={false}
          rows={16}
          aria-invalid={!check.ok && check.field === "body"}
          aria-describedby={`${id}-wrong`}
          className="scroll-quiet w-full resize-y rounded-sm border border-input bg-muted px-3 py-2 font-mono text-xs leading-4.75 outline-none focus-visible:border-ring aria-invalid:border-st-failed"
          onChange={(change) => setDraft({ ...draft, body: change.target.value })}
          onKeyDown={(press) => {
            if (press.key !== "Enter" || !(press.metaKey || press.ctrlKey) || !check.ok || send.pending) return;
            send.run({ body: check.input });
          }}
        />
        <p id={`${id}-wrong`} aria-live="polite" className="min-h-4 text-xs text-st-failed-fg">
          {wrong}
        </p>
      </div>
      <DialogFooter>
        {check.ok && <CopyCurl name="createEvent" input={{ body: check.input }} />}
        <span className="flex-1" />
        <Button variant="ghost" size="md" onClick={onClose}>
          {t("cancel")}
        </Button>
        <ActionButton
          needs="operator"
          variant="primary"
          size="md"
          icon="send"
          pending={send.pending}
          blocked={wrong}
          onClick={() => check.ok && send.run({ body: check.input })}
        >
          {t("send")}
        </ActionButton>
      </DialogFooter>
    </>
  );
}
