import { Hub } from "khotan/hub";

export default function Page() {
  return <Hub signInPath="/sign-in" authPath="/api/auth" />;
}
