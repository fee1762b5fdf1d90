/** What the command line needs to know about an app. */
export interface KhotanConfig {
  /** Folder of the app's integrations, from the project's root. Default `src/khotan`. */
  readonly outputDir?: string;
  /** Where the API is mounted. Default `/api/khotan`. */
  readonly basePath?: string;
  /** The app's own Drizzle schema, for commands that add to it. */
  readonly schema?: string;
}

/**
 * Types for `khotan.config.ts`.
 *
 * @example export default defineConfig({ outputDir: "src/khotan" });
 */
export const defineConfig = (config: KhotanConfig): KhotanConfig => config;
