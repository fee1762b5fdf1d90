/** What a command's exit code tells a script. `khotan --help` prints the same. */
export const EXIT = {
  ok: 0,
  /** The hub, or what it was asked to do, said no. */
  failed: 1,
  /** The command was written wrong: an unknown option, a missing value, a value the hub does not accept. */
  usage: 2,
  notFound: 3,
  /** No key, a wrong one, or one that may not do this. */
  auth: 4,
  /** No hub answered, or it is not ready. */
  unreachable: 5,
  /** Steps are left that only a person can do. */
  manual: 6,
  interrupted: 130,
} as const;

/** The exit code for an answer's status; 0 stands for no answer. */
export function exitCodeOf(status: number): number {
  if (status === 0 || status === 503) return EXIT.unreachable;
  if (status === 401 || status === 403) return EXIT.auth;
  if (status === 404) return EXIT.notFound;
  if (status === 400 || status === 422) return EXIT.usage;
  return EXIT.failed;
}
