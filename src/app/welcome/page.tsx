import { WelcomePage } from "khotan/hub";

export default async function Page({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  return <WelcomePage authPath="/api/auth" hubPath="/hub" signInPath="/sign-in" token={token} />;
}
