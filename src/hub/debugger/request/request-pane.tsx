"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Segmented } from "../../../components/ui/segmented.tsx";
import type { DebugEndpoint, DebugPlugDetail } from "../../../contract/index.ts";
import type { REQUEST_TABS } from "../debugger-view.ts";
import { requestOf, takesBody, withoutMissing } from "../model/draft.ts";
import { asSchema } from "../model/schema.ts";
import { TabList } from "../tab-list.tsx";
import type { RequestState } from "../use-request.ts";
import type { Sending } from "../use-sending.ts";
import { BodyPanel } from "./body-panel.tsx";
import { ParamsPanel } from "./params-panel.tsx";
import { RequestFooter } from "./request-footer.tsx";
import { RowsEditor } from "./rows-editor.tsx";
import { UrlBar } from "./url-bar.tsx";

type Tab = (typeof REQUEST_TABS)[number];

interface RequestPaneProps {
  /** Changes with the request: what its fields remember goes with it. The address stays, for it may be being typed. */
  readonly requestKey: string;
  readonly plug: DebugPlugDetail;
  readonly tenant: string;
  readonly endpoint: DebugEndpoint | null;
  readonly state: RequestState;
  readonly tab: Tab | null;
  readonly onTab: (tab: Tab) => void;
  readonly mode: "form" | "raw";
  readonly onMode: (mode: "form" | "raw") => void;
  readonly onAddress: (part: { readonly method?: string; readonly path?: string }) => void;
  readonly sending: Sending | undefined;
  readonly blocked: string | undefined;
  readonly onSend: () => void;
}

/** The request as it is being written. */
export function RequestPane(props: RequestPaneProps) {
  const { plug, tenant, endpoint, state, mode, onMode, onTab, sending, blocked, onSend } = props;
  const t = useTranslations("debugger");
  const { draft, change } = state;
  const begun = state.touched || props.sending !== undefined;
  const issues = begun ? state.issues : withoutMissing(state.issues);
  const hasBody = takesBody(draft.method);
  const tab = props.tab ?? (hasBody ? "body" : "params");
  const raw = mode === "raw";
  const example = endpoint?.examples;
  const counts = {
    body: hasBody && draft.body !== undefined ? sizeOf(draft.body) : 0,
    params: sizeOf(draft.query) + draft.queryRows.length + sizeOf(draft.params),
    headers: draft.headers.filter(({ value }) => value !== "").length,
  };
  const wrong = {
    body: issues.body.length,
    params: issues.params.length + issues.query.length,
    headers: issues.headers.length,
  };
  const canFill =
    tab === "body"
      ? example?.body !== undefined
      : tab === "params" && (example?.query ?? example?.params) !== undefined;
  const hasForm = asSchema(tab === "body" ? endpoint?.schemas.body : endpoint?.schemas.query) !== null;
  const fill = () =>
    tab === "body"
      ? change({ body: example?.body, bodyText: null })
      : change({ query: example?.query ?? {}, params: { ...objectOf(example?.params) } });
  return (
    <section aria-label={t("request")} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <UrlBar
        baseUrl={plug.baseUrl}
        method={draft.method}
        path={draft.path}
        onChange={props.onAddress}
        sending={sending}
        blocked={blocked}
        onSend={onSend}
      />
      {endpoint?.summary && <p className="px-4 pb-2 text-xs text-pretty text-muted-foreground">{endpoint.summary}</p>}
      <TabList
        label={t("tabs.request")}
        tabs={(["body", "params", "headers"] as const).map((id) => ({
          id,
          label: t(`tabs.${id}`),
          count: counts[id],
          wrong: wrong[id] > 0,
        }))}
        current={tab}
        onChange={onTab}
      >
        {canFill && (
          <Button variant="ghost" aria-label={t("fillLabel")} title={t("fillLabel")} onClick={fill}>
            {t("fill")}
          </Button>
        )}
        {tab !== "headers" && hasForm && (
          <Segmented value={mode} onValueChange={onMode} options={["form", "raw"]} label={t("mode.label")}>
            {(option) => t(`mode.${option}`)}
          </Segmented>
        )}
      </TabList>
      <div
        key={props.requestKey}
        className="scroll-quiet min-h-0 flex-1 overflow-y-auto px-4 py-3 max-lg:overflow-visible"
        role="tabpanel"
        aria-label={t(`tabs.${tab}`)}
      >
        {tab === "body" && (
          <BodyPanel {...{ draft, endpoint, issues, raw, onSend }} onChange={change} onRaw={() => onMode("raw")} />
        )}
        {tab === "params" && <ParamsPanel {...{ draft, endpoint, issues, raw, onSend }} onChange={change} />}
        {tab === "headers" && (
          <div className="flex flex-col gap-2">
            <p className="text-xs text-pretty text-muted-foreground">{t("headersText")}</p>
            <RowsEditor
              rows={draft.headers}
              missing={issues.headers.map(({ path }) => String(path[0]))}
              onChange={(headers) => change({ headers })}
              label={t("tabs.headers")}
              add={t("addHeader")}
            />
          </div>
        )}
      </div>
      <RequestFooter
        plug={plug.plug}
        tenant={tenant}
        endpoint={endpoint}
        request={requestOf(draft)}
        issues={issues.count}
        missing={state.issues.count - issues.count}
        touched={state.touched}
        onReset={state.reset}
      />
    </section>
  );
}

const objectOf = (value: unknown): object => (typeof value === "object" && value !== null ? value : {});

/** How many values a part holds at its first level. */
const sizeOf = (value: unknown): number =>
  typeof value === "object" && value !== null ? Object.values(value).filter((one) => one !== undefined).length : 1;
