/** How a host mounts the Hub. Every path is relative to the site's root. */
export interface HubConfig {
  /** Where the catch-all page lives. Default `/hub`. */
  readonly basePath: string;
  /** Where `toNextJsHandler` is mounted. Default `/api/khotan`. */
  readonly apiPath: string;
  /** The page to go to when the API answers 401; `null` shows the error instead. */
  readonly signInPath: string | null;
  /** Where sign-out is posted to, better-auth's base path; `null` hides "Sign out". */
  readonly authPath: string | null;
}

export const DEFAULT_CONFIG: HubConfig = {
  basePath: "/hub",
  apiPath: "/api/khotan",
  signInPath: null,
  authPath: null,
};
