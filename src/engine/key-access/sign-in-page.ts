/** A page without scripts: it works under any content security policy, if need be without its looks. */
export function signInPage(status: 200 | 401, next: string): Response {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Sign in · Khotan</title>
<style>
:root { color-scheme: light dark; font: 14px/20px system-ui, sans-serif; }
body { min-height: 100vh; margin: 0; display: grid; place-items: center; }
form { width: min(20rem, 90vw); display: grid; gap: .75rem; }
h1 { margin: 0; font-size: 1.25rem; font-weight: 600; }
p { margin: 0; opacity: .75; }
input, button { font: inherit; padding: .5rem .75rem; border-radius: .375rem; border: 1px solid #8888; }
button { background: #3146c4; border-color: #3146c4; color: #fff; cursor: pointer; }
[role=alert] { color: #c62828; opacity: 1; }
@media (prefers-color-scheme: dark) { [role=alert] { color: #ff8a80; } }
</style>
</head>
<body>
<form method="post">
<h1>Sign in</h1>
<p>With the key in KHOTAN_API_KEY.</p>
${status === 401 ? '<p role="alert">That is not the key.</p>\n' : ""}<label for="key">Key</label>
<input id="key" name="key" type="password" autocomplete="current-password" required autofocus>
<input name="next" type="hidden" value="${escaped(next)}">
<button type="submit">Sign in</button>
</form>
</body>
</html>
`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "x-frame-options": "DENY",
  };
  return new Response(html, { status, headers });
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
