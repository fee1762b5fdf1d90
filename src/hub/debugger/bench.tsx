"use client";

import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { DebugPlug, DebugPlugDetail, SavedRequest } from "../../contract/index.ts";
import { useMay } from "../data/use-overview.ts";
import { Note } from "../parts/note.tsx";
import { RUN_LOOKS } from "../parts/status/status-looks.ts";
import { debuggerPath } from "../routing/debugger-path.ts";
import { HubLink } from "../routing/hub-link.tsx";
import { useNavigate } from "../routing/use-navigate.ts";
import { useShortcut } from "../shell/keys/keys-provider.tsx";
import { VIEW } from "./debugger-view.ts";
import { draftOf, requestOf } from "./model/draft.ts";
import { findEndpoint } from "./model/endpoints.ts";
import { RequestPane } from "./request/request-pane.tsx";
import { ResponsePane } from "./response/response-pane.tsx";
import { SidePane } from "./side/side-pane.tsx";
import { useOpenedExchange } from "./use-opened-exchange.ts";
import { drafts, useRequest } from "./use-request.ts";
import { useSending } from "./use-sending.ts";

interface BenchProps {
  readonly plug: DebugPlugDetail;
  readonly plugs: readonly DebugPlug[];
  readonly endpointName: string | null;
  readonly tenant: string;
  readonly tenants: readonly string[];
  readonly onTenant: (tenant: string) => void;
}

/** What can be sent, the request, and what came back: side by side, or one above the other. */
export function Bench({ plug, plugs, endpointName, tenant, tenants, onTenant }: BenchProps) {
  const t = useTranslations("debugger");
  const navigate = useNavigate();
  const [view, setView] = useQueryStates(VIEW);
  const { endpoints } = plug;
  const free = view.path !== null;
  const named =
    endpointName === null ? (free ? undefined : endpoints[0]) : endpoints.find(({ name }) => name === endpointName);
  const unknown = endpointName !== null && !named;
  const method = view.method ?? named?.method ?? "GET";
  const path = view.path ?? named?.path ?? "/";
  const endpoint = useMemo(
    () => (named && !free ? named : (findEndpoint(endpoints, method, path) ?? null)),
    [named, free, endpoints, method, path],
  );
  const key = [plug.plug, tenant, free ? "free" : (named?.name ?? "free")].join(" ");
  const state = useRequest(key, named && !free ? named : null, endpoint, free ? { method, path } : {});
  const { kept, send, cancel } = useSending(key, plug.plug, tenant);
  const opened = useOpenedExchange(plug, view.exchange, ({ draft, endpoint: of, tenant: by }) =>
    leadTo(of, draft, { replace: true, tenant: by, exchange: view.exchange }),
  );
  const may = useMay("operator");
  const blocked = plug.enabled ? undefined : t("plugOff", { plug: plug.label });
  const sendNow = () => {
    if (!may || blocked !== undefined) return;
    void setView({ exchange: null });
    void send(requestOf(state.draft));
  };
  useShortcut({ keys: "mod+Enter", label: t("keys.send"), group: "record", run: sendNow });
  useShortcut(cancel ? { keys: "Escape", label: t("keys.cancel"), group: "record", run: cancel } : null);
  const answer = opened.answer ?? kept?.answer ?? null;
  const byPath = drafts.get([plug.plug, tenant, "free"].join(" "));
  return (
    <div className="flex min-h-0 min-w-0 flex-1 small:flex-col small:overflow-y-auto">
      <SidePane
        plug={plug}
        plugs={plugs}
        onPlug={(next) => navigate(debuggerPath(next))}
        tenant={tenant}
        tenants={tenants}
        onTenant={onTenant}
        side={view.side}
        onSide={(side) => void setView({ side })}
        endpoint={endpoint?.name ?? null}
        byPath={`?${new URLSearchParams({ method: byPath?.method ?? "GET", path: byPath?.path ?? "/" })}`}
        exchange={view.exchange}
        onExchange={(exchange) => void setView({ exchange }, { history: "push" })}
        onSaved={openSaved}
      />
      <div className="flex min-h-0 min-w-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto small:flex-none small:overflow-visible">
        <div className="flex min-h-0 min-w-0 flex-1 flex-col border-r max-lg:flex-none max-lg:border-r-0">
          {(unknown || blocked !== undefined || plug.vars.missing.length > 0) && (
            <Note look={RUN_LOOKS.partial} className="mx-4 mt-3">
              {unknown ? (
                t("unknownEndpoint", { plug: plug.label, endpoint: endpointName })
              ) : blocked ? (
                blocked
              ) : (
                <>
                  {t("missing", { names: plug.vars.missing.join(", ") })}{" "}
                  <HubLink to={`/plugs/${plug.plug}`} className="font-medium text-primary-text hover:underline">
                    {t("openVariables")}
                  </HubLink>
                </>
              )}
            </Note>
          )}
          <RequestPane
            requestKey={key}
            plug={plug}
            tenant={tenant}
            endpoint={endpoint}
            state={state}
            tab={view.tab}
            onTab={(tab) => void setView({ tab })}
            mode={view.mode}
            onMode={(mode) => void setView({ mode })}
            onAddress={changeAddress}
            sending={kept?.sending}
            blocked={blocked}
            onSend={sendNow}
          />
        </div>
        <ResponsePane
          key={`answer ${key}`}
          failed={opened.error}
          answer={answer}
          previous={opened.answer ? null : (kept?.previous ?? null)}
          sending={kept?.sending}
          tab={view.answer}
          onTab={(tab) => void setView({ answer: tab })}
          as={view.as}
          onAs={(as) => void setView({ as })}
        />
      </div>
    </div>
  );

  /** Another method or path is a request of its own; it goes back to the endpoint when it is the endpoint's again. */
  function changeAddress(part: { readonly method?: string; readonly path?: string }): void {
    const next = { ...state.draft, ...part };
    const home = endpoints.find((one) => one.method === next.method && one.path === next.path);
    leadTo(home?.name ?? null, next, { replace: true });
  }

  function openSaved(saved: SavedRequest): void {
    const { request } = saved;
    const declared = endpoints.find(({ name }) => name === request.endpoint);
    const home =
      declared ??
      endpoints.find((one) => one.method === (request.method ?? "GET") && one.path === (request.path ?? ""));
    leadTo(home?.name ?? null, draftOf(request, home ?? null), { tenant: request.tenant ?? tenant });
  }

  /** Put a draft where it belongs, and go there. */
  function leadTo(
    name: string | null,
    draft: typeof state.draft,
    to: { readonly replace?: boolean; readonly tenant?: string; readonly exchange?: string | null } = {},
  ): void {
    const by = to.tenant ?? tenant;
    drafts.set([plug.plug, by, name ?? "free"].join(" "), draft);
    const address = new URLSearchParams(name === null ? { method: draft.method, path: draft.path } : {});
    if (view.side !== "endpoints") address.set("side", view.side);
    if (view.mode !== "form") address.set("mode", view.mode);
    if (by !== tenant) address.set("tenant", by);
    if (to.exchange) address.set("exchange", to.exchange);
    const query = address.size > 0 ? `?${address}` : "";
    navigate(debuggerPath(plug.plug, name) + query, { replace: to.replace ?? false });
  }
}
