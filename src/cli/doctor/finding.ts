/** One thing that was looked at. Everything that is not well says what to do. */
export type Finding =
  | { readonly state: "ok"; readonly about: string; readonly message: string; readonly fix?: undefined }
  | { readonly state: "warning" | "failed"; readonly about: string; readonly message: string; readonly fix: string };

export const ok = (about: string, message: string): Finding => ({ state: "ok", about, message });
export const warning = (about: string, message: string, fix: string): Finding => ({
  state: "warning",
  about,
  message,
  fix,
});
export const failed = (about: string, message: string, fix: string): Finding => ({
  state: "failed",
  about,
  message,
  fix,
});
