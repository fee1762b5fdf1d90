/** The sections of the settings, in the order of their list. The first stands at `/settings` itself. */
export const SECTIONS = ["health", "users", "keys", "alerts", "retention", "secrets", "audit", "account"] as const;
export type Section = (typeof SECTIONS)[number];

export const sectionPath = (section: Section): string =>
  section === SECTIONS[0] ? "/settings" : `/settings/${section}`;
