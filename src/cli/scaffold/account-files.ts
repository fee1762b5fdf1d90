import type { PlannedEdit, PlannedFile } from "../add/add-plan.ts";
import { AUTH, accountSignInPage, accountsRoute, authorizeText, authRoute } from "../add/templates/auth.ts";
import { useAccountSignIn } from "../edit/use-account-sign-in.ts";
import { useAuthorize } from "../edit/use-authorize.ts";
import type { HubPage } from "./find-hub-page.ts";

/** Where the sign-in with the key is. */
export const SIGN_IN_PATH = "/khotan-sign-in";

/** Where the sign-in with an account is; the one with the key stays beside it, for the day no account is left. */
export const ACCOUNT_SIGN_IN_PATH = `${SIGN_IN_PATH}/account`;

/** Where better-auth is mounted. */
export const AUTH_PATH = "/api/auth";

/** The version that these files are compiled and tried with. */
export const BETTER_AUTH: Readonly<Record<string, string>> = { "better-auth": "^1.7.5" };

export interface AccountOptions {
  readonly source: "src/" | "";
  readonly outputDir: string;
  /** Where the Hub's page lives. */
  readonly hubPath: string;
  /** A module that exports better-auth's instance as `auth`, from the project's root; `undefined`: ours is written. */
  readonly auth: string | undefined;
  /** How a file imports a module, both from the project's root. */
  readonly importPath: (file: string, module: string) => string;
}

/**
 * What lets accounts of better-auth into the Hub. With an instance of the app's own only the question who they are;
 * without one the whole house: instance, routes, sign-in page.
 */
export function accountFiles({ source, outputDir, hubPath, auth, importPath }: AccountOptions): PlannedFile[] {
  const module = auth?.replace(/(\/index)?\.ts$/, "") ?? `${source}lib/auth`;
  const file = (path: string, textOf: (auth: string) => string): PlannedFile => ({
    path,
    text: textOf(importPath(path, module)),
  });
  const authorize = file(`${outputDir}/authorize.ts`, authorizeText);
  if (auth !== undefined) return [authorize];
  return [
    { path: `${module}.ts`, text: AUTH },
    file(`${source}app${AUTH_PATH}/[...all]/route.ts`, authRoute),
    file(`${source}app/api/khotan-accounts/route.ts`, accountsRoute),
    { path: `${source}app${ACCOUNT_SIGN_IN_PATH}/page.tsx`, text: accountSignInPage(hubPath) },
    authorize,
  ];
}

interface AccountPlaces {
  readonly outputDir: string;
  readonly auth: string | undefined;
  readonly hubPage: HubPage | undefined;
  /** How the app's modules write the endings of relative imports. */
  readonly ending: string;
}

/** Let the hub ask `authorize.ts`, and its page lead to the sign-in with an account. */
export function accountEdits({ outputDir, auth, hubPage, ending }: AccountPlaces): PlannedEdit[] {
  const doors = { from: SIGN_IN_PATH, to: ACCOUNT_SIGN_IN_PATH, authPath: AUTH_PATH };
  return [
    {
      path: `${outputDir}/khotan.ts`,
      byHand: `Ask ./authorize: import { authorize } from "./authorize${ending}"; and authorize in khotan({ … })`,
      edit: useAuthorize,
      needs: { path: `${outputDir}/authorize.ts`, exported: "authorize" },
    },
    ...(hubPage && auth === undefined
      ? [
          {
            path: hubPage.path,
            byHand: `Lead to the sign-in: <Hub signInPath="${doors.to}" authPath="${doors.authPath}" />`,
            edit: (text: string) => useAccountSignIn(text, doors),
          },
        ]
      : []),
  ];
}

/** What is left to do for the first account. */
export const accountSteps = (isOurs: boolean): string[] => [
  "in .env.local, name who may use the Hub: KHOTAN_ADMINS=you@example.com",
  ...(isOurs
    ? [
        `and while the app runs make the account: curl localhost:3000/api/khotan-accounts -H "authorization: Bearer $KHOTAN_API_KEY" -d '{"email":"you@example.com","name":"You","password":"…"}'`,
      ]
    : []),
];
