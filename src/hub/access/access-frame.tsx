"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { CodeBlock } from "../parts/code/code-block.tsx";
import { BrandMark } from "../shell/nav/brand-mark.tsx";
import { ThemeMenu } from "../shell/theme-menu.tsx";
import { useOrigin } from "./use-origin.ts";

interface AccessFrameProps {
  readonly documentTitle: string;
  readonly headline: string;
  readonly lead: string;
  /** Left: the proof that it runs. */
  readonly proof?: ReactNode;
  readonly version: string;
  /** Right: one form. */
  readonly children: ReactNode;
}

/** The door: what this is on the left, one form on the right. */
export function AccessFrame({ documentTitle, headline, lead, proof, version, children }: AccessFrameProps) {
  const t = useTranslations("access");
  const origin = useOrigin();
  const command = `curl -H "authorization: Bearer $KHOTAN_API_KEY" \\\n  ${origin}/api/khotan/plugs`;
  return (
    <main className="grid min-h-dvh grid-cols-[1fr_1.12fr] max-md:grid-cols-1 max-md:content-start">
      <title>{documentTitle}</title>
      <section className="flex flex-col border-r bg-sidebar px-14 py-10 max-md:border-r-0 max-md:border-b max-md:px-gutter max-md:py-6">
        <div className="flex items-center gap-3 text-lg font-semibold tracking-[-0.01em]">
          <BrandMark className="size-8 rounded-md" />
          {t("brand")}
        </div>
        <div className="my-auto flex max-w-110 flex-col max-md:pt-6">
          <h1 className="text-[30px] leading-9.25 font-semibold tracking-[-0.025em] text-balance max-md:text-xl">
            {headline}
          </h1>
          <p className="pt-3.5 text-[15px] leading-5.75 text-pretty text-muted-foreground">{lead}</p>
          {proof}
        </div>
        <p className="text-xs text-faint-foreground tabular-nums max-md:hidden">{version}</p>
      </section>
      <section className="relative flex flex-col items-center justify-center p-10 max-md:px-gutter max-md:py-6">
        <div className="absolute top-5 right-6 max-md:-top-1 max-md:right-3 max-md:-translate-y-full max-md:hidden">
          <ThemeMenu />
        </div>
        <div className="w-96 max-w-full">
          {children}
          <div className="mt-11 flex flex-col gap-2 border-t pt-4">
            <h2 className="text-2xs font-medium text-faint-foreground">{t("script")}</h2>
            <CodeBlock text={command} label={t("copyScript")} className="[&_pre]:text-2xs [&_pre]:leading-4.5">
              {"curl -H "}
              <span className="text-code-string">{'"authorization: Bearer $KHOTAN_API_KEY"'}</span>
              {` \\\n  ${origin}/api/khotan/plugs`}
            </CodeBlock>
          </div>
        </div>
      </section>
    </main>
  );
}
