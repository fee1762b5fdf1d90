import type { NextConfig } from "next";
import { withKhotan } from "./src/next/with-khotan.ts";

/** For every answer of Next; the page's Content-Security-Policy is made per request, in `src/proxy.ts`. */
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "X-Frame-Options", value: "SAMEORIGIN" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=()" },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // On top of what Khotan itself wants.
  serverExternalPackages: ["better-auth"],
  // The import specifiers of DESIGN §3 resolve by tsconfig paths; a lockfile further up must not move the root.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  // `npm run check` looks at types, lint and more, once and with better messages.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};

export default withKhotan(config);
