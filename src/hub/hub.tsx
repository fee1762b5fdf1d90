import "./hub.css";
import { HubApp } from "./hub-app.tsx";
import { DEFAULT_CONFIG, type HubConfig } from "./hub-config.ts";
import { KhotanRoot } from "./shell/khotan-root.tsx";

export type HubProps = Partial<HubConfig>;

/**
 * The Hub. Mount it by a catch-all page of three lines:
 *
 * @example
 * // app/hub/[[...path]]/page.tsx
 * import { Hub } from "khotan/hub";
 * export default function Page() {
 *   return <Hub />;
 * }
 */
export function Hub(props: HubProps) {
  return (
    <KhotanRoot>
      <HubApp config={{ ...DEFAULT_CONFIG, ...props }} />
    </KhotanRoot>
  );
}
