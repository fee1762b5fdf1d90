"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import type { DebugEndpoint } from "../../../contract/index.ts";
import { MethodVerb } from "../../parts/exchange/method-verb.tsx";
import { SearchInput } from "../../parts/filters/search-input.tsx";
import { debuggerPath } from "../../routing/debugger-path.ts";
import { HubLink } from "../../routing/hub-link.tsx";
import { groupEndpoints } from "../model/endpoints.ts";

interface EndpointListProps {
  readonly plug: string;
  readonly endpoints: readonly DebugEndpoint[];
  readonly current: string | null;
  /** The query that leads to the request by path. */
  readonly byPath: string;
  /** After one was chosen. */
  readonly onChosen?: () => void;
}

/** The plug's endpoints by the first word of their path, and a request that follows none. */
export function EndpointList({ plug, endpoints, current, byPath, onChosen }: EndpointListProps) {
  const t = useTranslations("debugger");
  const [search, setSearch] = useState("");
  const groups = groupEndpoints(endpoints, search);
  const link = (key: string, to: string, here: boolean, verb: string, text: string, title: string) => (
    <HubLink
      key={key}
      to={to}
      title={title}
      aria-current={here ? "true" : undefined}
      onClick={onChosen}
      className={cn(
        "flex h-6.75 items-center gap-2 rounded-sm px-1.5 focus-inset hover:bg-accent small:h-10",
        here && "bg-primary-soft hover:bg-primary-soft",
      )}
    >
      <MethodVerb method={verb} className="w-10.5 shrink-0" />
      <span className={cn("truncate font-mono text-xs", here ? "font-medium" : "text-muted-foreground")}>{text}</span>
    </HubLink>
  );
  return (
    <>
      <div className="px-3 pt-2 pb-1">
        <SearchInput value={search} onChange={setSearch} placeholder={t("side.search")} label={t("side.searchLabel")} />
      </div>
      <nav aria-label={t("side.endpoints")} className="scroll-quiet min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        {groups.map((group) => (
          <section key={group.name} aria-label={group.name}>
            <h3 className="px-1.5 pt-2 pb-0.75 text-2xs font-medium text-faint-foreground">{group.name}</h3>
            {group.endpoints.map(({ name, method, path, summary }) =>
              link(
                name,
                debuggerPath(plug, name),
                name === current,
                method,
                path,
                summary ? `${name}: ${summary}` : name,
              ),
            )}
          </section>
        ))}
        {groups.length === 0 && search !== "" && (
          <p className="px-1.5 py-2 text-xs text-muted-foreground">{t("side.noMatch", { search })}</p>
        )}
        {search === "" && (
          <section aria-label={t("side.free")}>
            <h3 className="px-1.5 pt-2 pb-0.75 text-2xs font-medium text-faint-foreground">{t("side.free")}</h3>
            {link("free", debuggerPath(plug) + byPath, current === null, "ANY", t("side.anyPath"), t("side.freeText"))}
          </section>
        )}
      </nav>
    </>
  );
}
