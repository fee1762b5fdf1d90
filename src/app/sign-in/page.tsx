import { SignInPage } from "khotan/hub";

export default async function Page({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  return <SignInPage authPath="/api/auth" hubPath="/hub" next={next} />;
}
