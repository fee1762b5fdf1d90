/** Why the embedded Postgres could not be prepared, as one sentence that says what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = "EmbeddedPostgresError";
}

/** `error.code` of a failed system call (`ENOENT`, `EACCES` …) or of Postgres (`42P04` …), when there is one. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
