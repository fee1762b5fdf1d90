import { safeNext } from "../../hub/access/safe-next.ts";
import { SignInPage } from "../../hub/index.ts";

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | string[]>> }) {
  const { next } = await searchParams;
  return <SignInPage authPath="/api/auth" next={safeNext(typeof next === "string" ? next : null, "/hub")} />;
}
