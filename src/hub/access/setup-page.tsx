import "../hub.css";
import { KhotanRoot } from "../shell/khotan-root.tsx";
import { SetupForm } from "./setup-form.tsx";
import { VERSION } from "./version.ts";

interface SetupPageProps {
  readonly authPath: string;
  readonly apiPath: string;
  readonly hubPath: string;
  readonly signInPath: string;
  /** From the one-time link. */
  readonly token?: string | string[] | undefined;
}

/** Where the one-time link leads: the first admin of this hub. */
export function SetupPage({ token, ...paths }: SetupPageProps) {
  return (
    <KhotanRoot>
      <SetupForm {...paths} token={typeof token === "string" ? token : null} version={VERSION} />
    </KhotanRoot>
  );
}
