/** `khotan/instrumentation`: for `instrumentation.ts` of a Next app. Loaded by Node itself, never bundled. */
export { type StartOptions, startKhotan } from "./start-khotan.ts";
