import "../hub.css";
import { KhotanRoot } from "../shell/khotan-root.tsx";
import { VERSION } from "./version.ts";
import { WelcomeForm } from "./welcome-form.tsx";

interface WelcomePageProps {
  readonly authPath: string;
  readonly hubPath: string;
  readonly signInPath: string;
  /** From the one-time link. */
  readonly token?: string | string[] | undefined;
}

/** Where an invitation leads: choose a password and come in. */
export function WelcomePage({ token, ...paths }: WelcomePageProps) {
  return (
    <KhotanRoot>
      <WelcomeForm {...paths} token={typeof token === "string" ? token : ""} version={VERSION} />
    </KhotanRoot>
  );
}
