/** What a person chose for this browser. In cookies, so that the server's first byte is right: no flash, no script. */
export const THEMES = ["light", "dark", "system"] as const;
export type Theme = (typeof THEMES)[number];

export const SIDEBARS = ["auto", "open", "rail"] as const;
export type SidebarState = (typeof SIDEBARS)[number];

export const LOCALES = ["en", "de"] as const;
export type HubLocale = (typeof LOCALES)[number];

export const COOKIES = { theme: "khotan-theme", sidebar: "khotan-sidebar", locale: "khotan-locale" } as const;

export const pickTheme = (value: string | undefined): Theme => THEMES.find((theme) => theme === value) ?? "system";
export const pickSidebar = (value: string | undefined): SidebarState =>
  SIDEBARS.find((state) => state === value) ?? "auto";

/**
 * The person's choice, else the first language of the browser that we have, else English.
 *
 * @param accepted the `Accept-Language` header, e.g. `de-AT,de;q=0.9,en;q=0.8`.
 */
export function pickLocale(chosen: string | undefined, accepted: string | null): HubLocale {
  const own = LOCALES.find((locale) => locale === chosen);
  if (own) return own;
  const ranked = (accepted ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", quality] = part.trim().split(";q=");
      return { tag: tag.toLowerCase(), weight: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .toSorted((a, b) => b.weight - a.weight);
  for (const { tag } of ranked) {
    const known = LOCALES.find((locale) => tag === locale || tag.startsWith(`${locale}-`));
    if (known) return known;
  }
  return "en";
}

/** Remember for a year, for the whole site. Only in browsers. */
export function remember(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not there on plain http.
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}
