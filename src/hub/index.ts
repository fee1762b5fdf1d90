/** `khotan/hub`: the user interface, for a page of the host app. */

export { SetupPage } from "./access/setup-page.tsx";
export { SignInPage } from "./access/sign-in-page.tsx";
export { Hub, type HubProps } from "./hub.tsx";
