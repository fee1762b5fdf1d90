/** Something in the source that the plug does not say, or that is a guess. */
export interface ImportWarning {
  /** Where in the source, e.g. `paths["/orders"].get.parameters[2]`; for a command the option, e.g. `--insecure`. */
  readonly path: string;
  readonly message: string;
}
