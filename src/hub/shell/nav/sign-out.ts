/** End the session and leave. Also leaves when the server does not answer: the next page asks again. */
export async function signOut(authPath: string, signInPath: string | null): Promise<void> {
  await fetch(`${authPath}/sign-out`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  }).catch(() => undefined);
  if (signInPath) window.location.assign(signInPath);
  else window.location.reload();
}
