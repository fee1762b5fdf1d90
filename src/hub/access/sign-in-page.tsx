import "../hub.css";
import { KhotanRoot } from "../shell/khotan-root.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { VERSION } from "./version.ts";

interface SignInPageProps {
  /** better-auth's base path. */
  readonly authPath: string;
  /** Where to go then; a path of this site. */
  readonly next: string;
}

/** The door of this app. A host with its own sign-in does not mount it. */
export function SignInPage(props: SignInPageProps) {
  return (
    <KhotanRoot>
      <SignInForm {...props} version={VERSION} />
    </KhotanRoot>
  );
}
