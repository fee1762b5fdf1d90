import { SetupPage } from "khotan/hub";

export default async function Page({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  return <SetupPage authPath="/api/auth" apiPath="/api/khotan" hubPath="/hub" signInPath="/sign-in" token={token} />;
}
