import { describe, expect, it } from "vitest";
import { EnvError, parseEnv } from "./env.ts";

const SECRET = "0123456789abcdef0123456789abcdef";

describe("parseEnv", () => {
  it("starts with nothing set", () => {
    expect(parseEnv({})).toEqual({
      KHOTAN_DATA_DIR: ".khotan",
      KHOTAN_ROLE: "all",
      KHOTAN_SANDBOX: true,
      KHOTAN_SANDBOX_PORT: 4010,
      PORT: 3000,
    });
  });

  it("takes an empty variable for unset, as shells and compose files produce them", () => {
    expect(parseEnv({ PORT: "", KHOTAN_SECRET: " ", DATABASE_URL: "" }).PORT).toBe(3000);
  });

  it("demands a secret where several processes must share one", () => {
    const DATABASE_URL = "postgres://u:p@db/khotan";
    expect(() => parseEnv({ DATABASE_URL })).toThrow(/KHOTAN_SECRET must be set .*openssl rand -hex 32/);
    expect(parseEnv({ DATABASE_URL, KHOTAN_SECRET: SECRET }).DATABASE_URL).toBe(DATABASE_URL);
  });

  it.each([
    ["PORT", "http"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["DATABASE_URL", "mysql://localhost/x"],
    ["DATABASE_URL", "localhost"],
    ["KHOTAN_SECRET", "short"],
    ["KHOTAN_SECRET_PREVIOUS", `${SECRET},short`],
    ["KHOTAN_API_KEY", "short"],
    ["KHOTAN_WEBHOOK_URL", "hub.local"],
    ["KHOTAN_WEBHOOK_URL", "ftp://hub.local"],
    ["KHOTAN_ROLE", "boss"],
    ["KHOTAN_ALLOW_PRIVATE_NETWORK", "10.0.0.0/33"],
    ["KHOTAN_ALLOW_PRIVATE_NETWORK", "yes"],
    ["KHOTAN_SANDBOX", "true"],
    ["KHOTAN_DEBUG", "2"],
    ["CRON_SECRET", "x"],
  ])("stops at %s=%s with one sentence that names it", (name, value) => {
    const attempt = () => parseEnv({ [name]: value });
    expect(attempt).toThrow(EnvError);
    expect(attempt).toThrow(new RegExp(`^${name} must .+\\.$`));
    // The value may be a secret.
    if (value.length > 4) expect(attempt).not.toThrow(value);
  });

  it.each(["1", "10.0.0.0/8", "10.0.0.0/8, 192.168.1.5", "fd00::/8"])("accepts %s as private networks", (value) => {
    expect(parseEnv({ KHOTAN_ALLOW_PRIVATE_NETWORK: value }).KHOTAN_ALLOW_PRIVATE_NETWORK).toBe(value);
  });

  it("drops a slash at the end of the public address", () => {
    expect(parseEnv({ KHOTAN_WEBHOOK_URL: "https://hub.example.com/" }).KHOTAN_WEBHOOK_URL).toBe(
      "https://hub.example.com",
    );
  });
});
