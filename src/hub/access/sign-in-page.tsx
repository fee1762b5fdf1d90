import "../hub.css";
import { KhotanRoot } from "../shell/khotan-root.tsx";
import { safeNext } from "./safe-next.ts";
import { SignInForm } from "./sign-in-form.tsx";
import { VERSION } from "./version.ts";

interface SignInPageProps {
  /** better-auth's base path. */
  readonly authPath: string;
  /** Where to go when nothing else was asked for. */
  readonly hubPath: string;
  /** From the address: where one wanted to go. Anything but a path of this site is ignored. */
  readonly next?: string | string[] | undefined;
}

/** The door of this app. A host with its own sign-in does not mount it. */
export function SignInPage({ authPath, hubPath, next }: SignInPageProps) {
  const target = safeNext(typeof next === "string" ? next : null, hubPath);
  return (
    <KhotanRoot>
      <SignInForm authPath={authPath} next={target} version={VERSION} />
    </KhotanRoot>
  );
}
