import { closeDatabase } from "../../src/server/database.ts";
import { forgetSingleton } from "../../src/server/process-singleton.ts";
import { createTestDatabase } from "./database.ts";

/** A fresh database as this process's `DATABASE_URL`, and a secret, until `leave()`. */
export interface AppEnvironment {
  readonly url: string;
  leave(): Promise<void>;
}

/** For tests of what the app builds on `database()` and `auth()`. */
export const enterAppEnvironment = async (variables: Record<string, string> = {}): Promise<AppEnvironment> => {
  const test = await createTestDatabase();
  const before = { ...process.env };
  Object.assign(process.env, { DATABASE_URL: test.url, KHOTAN_SECRET: "s".repeat(64), ...variables });
  return {
    url: test.url,
    leave: async () => {
      await closeDatabase(1);
      for (const name of ["khotan.auth", "khotan.session-secret", "khotan.key-attempts"]) forgetSingleton(name);
      process.env = before;
      await test.drop();
    },
  };
};
