import { ICONS, type IconName } from "../../../components/ui/icon-paths.tsx";

/** A place one went to by the palette; kept in this browser. */
export interface Recent {
  readonly to: string;
  readonly label: string;
  readonly icon: IconName;
}

const STORAGE = "khotan-recent";
const KEPT = 4;

/** @returns nothing when storage is empty, broken, or not allowed. */
export function readRecent(): readonly Recent[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORAGE) ?? "[]");
    return Array.isArray(value) ? value.filter(isRecent).slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

export function rememberRecent(entry: Recent): void {
  try {
    const others = readRecent().filter(({ to }) => to !== entry.to);
    localStorage.setItem(STORAGE, JSON.stringify([entry, ...others].slice(0, KEPT)));
  } catch {
    // A browser without storage has no memory; everything else works.
  }
}

function isRecent(value: unknown): value is Recent {
  if (typeof value !== "object" || value === null) return false;
  const { to, label, icon } = value as Partial<Record<keyof Recent, unknown>>;
  return typeof to === "string" && typeof label === "string" && typeof icon === "string" && icon in ICONS;
}
