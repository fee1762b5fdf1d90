"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "use-intl";
import { Tag } from "../../../components/ui/tag.tsx";
import type { SecretKeyRecord, SecretsRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { useApi } from "../../data/use-api.ts";
import JobStrip from "../../jobs/job-strip.tsx";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { Note } from "../../parts/note.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { TimeText } from "../../parts/time/time-text.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { SettingsCard } from "../settings-card.tsx";

const head = "h-8 border-b bg-muted px-3 text-left text-2xs font-normal text-muted-foreground";
const cell = "h-9 border-b px-3 text-xs tabular-nums group-last/row:border-b-0";

/** The keys by their public ids, what each seals, and the way to have everything sealed with the current one. */
export function KeysCard() {
  const t = useTranslations("settings");
  const { data, error, refetch } = useApi("getSecrets", {});
  return (
    <SettingsCard
      title={t("secrets.title")}
      loading={!data}
      error={error ? { title: t("secrets.failed"), error, retry: () => void refetch() } : null}
    >
      {data && (
        <>
          <div className="p-3">
            <Verdict secrets={data} />
          </div>
          <table aria-label={t("secrets.title")} className="w-full table-fixed border-t">
            <thead>
              <tr>
                <th className={head}>{t("secrets.key")}</th>
                <th className={`${head} w-28 text-right small:w-24`}>{t("secrets.connections")}</th>
                <th className={`${head} w-20 text-right`}>{t("secrets.wires")}</th>
                <th className={`${head} w-28 text-right small:w-22`}>{t("secrets.channels")}</th>
              </tr>
            </thead>
            <tbody>
              {data.keys.map((key) => (
                <KeyLine key={key.keyId} record={key} />
              ))}
            </tbody>
          </table>
          <Reseal secrets={data} />
        </>
      )}
    </SettingsCard>
  );
}

function Verdict({ secrets }: { secrets: SecretsRecord }) {
  const t = useTranslations("settings");
  const missing = secrets.keys.filter((key) => !key.known).length;
  if (!secrets.configured)
    return (
      <Note look={RUN_LOOKS.failed} role="status">
        {t("secrets.notConfigured")}
      </Note>
    );
  if (missing > 0)
    return (
      <Note look={RUN_LOOKS.failed} role="status">
        {t("secrets.missing", { count: missing })}
      </Note>
    );
  return (
    <Note look={secrets.outdated > 0 ? RUN_LOOKS.partial : RUN_LOOKS.succeeded} role="status">
      {secrets.outdated > 0 ? t("secrets.outdated", { count: secrets.outdated }) : t("secrets.ok")}
    </Note>
  );
}

function KeyLine({ record }: { record: SecretKeyRecord }) {
  const t = useTranslations("settings");
  const number = new Intl.NumberFormat(useLocale());
  return (
    <tr className="group/row">
      <th scope="row" className={`${cell} text-left font-normal`}>
        <code>{record.keyId}</code>{" "}
        {record.current ? (
          <Tag>{t("secrets.current")}</Tag>
        ) : (
          <Tag variant={record.known ? "line" : "red"}>{t(record.known ? "secrets.former" : "secrets.unknown")}</Tag>
        )}
      </th>
      <td className={`${cell} text-right`}>{number.format(record.connections)}</td>
      <td className={`${cell} text-right`}>{number.format(record.wires)}</td>
      <td className={`${cell} text-right`}>{number.format(record.channels)}</td>
    </tr>
  );
}

function Reseal({ secrets }: { secrets: SecretsRecord }) {
  const t = useTranslations("settings");
  const toast = useToast();
  const queryClient = useQueryClient();
  const { job, outdated } = secrets;
  const reseal = useAction("resealSecrets", {
    onDone: (started) => {
      void queryClient.invalidateQueries({ queryKey: ["getSecrets"] });
      if (started.job === null) toast.done(t("secrets.nothing"), { id: "reseal" });
    },
  });
  const running = job?.status === "running";
  return (
    <div className="flex flex-col gap-3 border-t p-3">
      {job && running && <JobStrip jobs={[job]} onAway={() => undefined} />}
      {job && !running && (
        <p className="text-xs text-muted-foreground tabular-nums">
          {t(`secrets.last.${job.status}`, { changed: job.changed, failed: job.failed })}{" "}
          {job.finishedAt && <TimeText at={job.finishedAt} show="moment" />}
          {job.failed > 0 && <> {t("secrets.left", { reasons: Object.keys(job.reasons).join(", ") })}</>}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-1.5">
        <ActionButton
          needs="admin"
          icon="key"
          pending={reseal.pending || running}
          blocked={outdated === 0 ? t("secrets.nothing") : undefined}
          onClick={() => reseal.run({})}
        >
          {t("secrets.reseal", { count: outdated })}
        </ActionButton>
        <CopyCurl name="resealSecrets" input={{}} />
      </div>
    </div>
  );
}
