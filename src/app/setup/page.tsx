import { SetupPage } from "../../hub/index.ts";

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | string[]>> }) {
  const { token } = await searchParams;
  return (
    <SetupPage
      authPath="/api/auth"
      apiPath="/api/khotan"
      hubPath="/hub"
      signInPath="/sign-in"
      token={typeof token === "string" ? token : null}
    />
  );
}
