import { expect, it } from "vitest";
import { withKhotan } from "./with-khotan.ts";

const phase = "phase-production-build";

it("keeps what the app set and adds the packages that must not be bundled", async () => {
  const made = withKhotan({ poweredByHeader: false, serverExternalPackages: ["sharp", "pg"] });
  const config = typeof made === "function" ? await made(phase, { defaultConfig: {} }) : made;
  expect(config.poweredByHeader).toBe(false);
  expect(config.serverExternalPackages).toEqual(expect.arrayContaining(["sharp", "graphile-worker", "postgres"]));
  expect(config.serverExternalPackages?.filter((name: string) => name === "pg")).toHaveLength(1);
});
