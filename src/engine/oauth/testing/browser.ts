/** A browser as far as a consent needs one: it keeps cookies per host and follows redirects. */
export interface Browser {
  /**
   * Open an address and go wherever it leads, until it leads to the given prefix.
   *
   * @returns that address, not opened.
   */
  openUntil(url: string, prefix: string): Promise<URL>;
}

export function createBrowser(): Browser {
  const jar = new Map<string, Map<string, string>>();
  const cookiesOf = (host: string) => jar.get(host) ?? new Map<string, string>();
  return {
    async openUntil(start, prefix) {
      let url = new URL(start);
      for (let hops = 0; hops < 20; hops++) {
        const cookies = cookiesOf(url.host);
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
        const response = await fetch(url, { redirect: "manual", headers: cookie === "" ? {} : { cookie } });
        for (const line of response.headers.getSetCookie()) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          if (name !== undefined && value !== undefined) cookies.set(name, value);
        }
        jar.set(url.host, cookies);
        const location = response.headers.get("location");
        if (location === null) throw new Error(`${url.href} answered ${response.status}: ${await response.text()}`);
        url = new URL(location, url);
        if (url.href.startsWith(prefix)) return url;
      }
      throw new Error("too many redirects");
    },
  };
}
