"use client";

import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { buildRequest, toCurl } from "../../../client/index.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import type { DebugEndpoint, DebugSend } from "../../../contract/index.ts";
import { useHub } from "../../config.tsx";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { callText } from "../model/call-text.ts";

const SaveDialog = lazy(async () => ({ default: (await import("../side/save-dialog.tsx")).SaveDialog }));

interface RequestFooterProps {
  readonly plug: string;
  readonly tenant: string;
  readonly endpoint: DebugEndpoint | null;
  readonly request: DebugSend;
  readonly issues: number;
  /** How many required fields wait to be filled in. */
  readonly missing: number;
  readonly touched: boolean;
  readonly onReset: () => void;
}

/** What does not fit, and what else can be done with the request. */
export function RequestFooter({
  plug,
  tenant,
  endpoint,
  request,
  issues,
  missing,
  touched,
  onReset,
}: RequestFooterProps) {
  const t = useTranslations("debugger");
  const { apiPath } = useHub();
  const [saving, setSaving] = useState(false);
  const curl = () => {
    const input = { params: { plug }, query: tenant === "default" ? {} : { tenant }, body: request };
    return toCurl(buildRequest(apiPath, "sendDebug", input), window.location.origin);
  };
  return (
    <footer className="flex min-h-10.5 flex-wrap items-center gap-1 border-t py-1.5 pr-2 pl-4">
      {issues > 0 ? (
        <>
          <StatusBadge look={RUN_LOOKS.failed}>{t("footer.toFix", { count: issues })}</StatusBadge>
          <span className="pl-1 text-xs text-muted-foreground small:hidden max-xl:hidden">{t("footer.stillSend")}</span>
        </>
      ) : missing > 0 ? (
        <StatusBadge look={RUN_LOOKS.pending}>{t("footer.toFill", { count: missing })}</StatusBadge>
      ) : (
        endpoint && <StatusBadge look={RUN_LOOKS.succeeded}>{t("footer.fits")}</StatusBadge>
      )}
      <span className="flex-1" />
      {touched && (
        <Button variant="ghost" onClick={onReset}>
          {t("footer.reset")}
        </Button>
      )}
      <CopyButton icon="code" text={curl} label={t("footer.copyCurl")}>
        {t("footer.curl")}
      </CopyButton>
      <CopyButton text={() => callText(plug, endpoint, request)} label={t("footer.copyTypeScript")}>
        {t("footer.typeScript")}
      </CopyButton>
      <ActionButton needs="operator" variant="ghost" onClick={() => setSaving(true)}>
        <Icon name="bookmark" className="size-3.5" />
        {t("footer.save")}
      </ActionButton>
      {saving && (
        <Suspense>
          <SaveDialog
            plug={plug}
            request={tenant === "default" ? request : { ...request, tenant }}
            proposal={endpoint?.summary ?? `${request.method} ${request.path}`}
            onClose={() => setSaving(false)}
          />
        </Suspense>
      )}
    </footer>
  );
}
