import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import "./globals.css";

/** No title here: the Hub names its rooms itself, and two titles would fight. */
export const metadata: Metadata = {
  description: "An integration hub that lives inside this app.",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#0f1012" },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
