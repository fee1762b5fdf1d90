/** Loaded when first needed: most plugs never do. */
export const openidLibrary = () => import("openid-client");
export type OpenidLibrary = Awaited<ReturnType<typeof openidLibrary>>;
