import { cookies, headers } from "next/headers";
import { type ReactNode, Suspense } from "react";
import { FONT_CLASSES } from "./fonts.ts";
import { KhotanRootClient } from "./khotan-root-client.tsx";
import { COOKIES, type HubLocale, pickLocale, pickSidebar, pickTheme } from "./preferences.ts";

/**
 * The one element under which all of the Hub's styles, strings and overlays live. What depends on the request stands in
 * a boundary of its own: a host that prerenders its pages (`cacheComponents`) would refuse to build without.
 */
export function KhotanRoot({ children }: { children: ReactNode }) {
  return (
    <Suspense>
      <RootOfRequest>{children}</RootOfRequest>
    </Suspense>
  );
}

async function RootOfRequest({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const locale = pickLocale(jar.get(COOKIES.locale)?.value, (await headers()).get("accept-language"));
  return (
    <KhotanRootClient
      className={FONT_CLASSES}
      locale={locale}
      messages={await loadMessages(locale)}
      theme={pickTheme(jar.get(COOKIES.theme)?.value)}
      sidebar={pickSidebar(jar.get(COOKIES.sidebar)?.value)}
    >
      {children}
    </KhotanRootClient>
  );
}

async function loadMessages(locale: HubLocale) {
  switch (locale) {
    case "en":
      return (await import("../messages/en.ts")).en;
    case "de":
      return (await import("../messages/de.ts")).de;
  }
}
