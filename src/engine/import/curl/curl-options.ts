/** What is done with an option of curl. */
export type CurlAction =
  | "agent"
  | "bearer"
  | "binaryData"
  | "cookie"
  | "data"
  | "encodedData"
  | "form"
  | "get"
  | "head"
  | "header"
  | "json"
  | "rawData"
  | "referer"
  | "request"
  | "upload"
  | "url"
  | "urlQuery"
  | "user"
  /** Everything behind it is another request. */
  | "next"
  /** It changes nothing that a plug would do otherwise. */
  | "ignore"
  /** It would matter, and a plug does it differently or not at all. */
  | "warn";

export interface CurlOption {
  readonly action: CurlAction;
  readonly takesValue: boolean;
}

const names = (text: string): readonly string[] => text.trim().split(/\s+/);

const WITH_VALUE: readonly (readonly [CurlAction, string])[] = [
  ["agent", "user-agent"],
  ["bearer", "oauth2-bearer"],
  ["binaryData", "data-binary"],
  ["cookie", "cookie"],
  ["data", "data data-ascii"],
  ["encodedData", "data-urlencode"],
  ["form", "form form-string"],
  ["header", "header"],
  ["json", "json"],
  ["rawData", "data-raw"],
  ["referer", "referer"],
  ["request", "request"],
  ["upload", "upload-file"],
  ["url", "url"],
  ["urlQuery", "url-query"],
  ["user", "user"],
  [
    "warn",
    `aws-sigv4 cacert capath cert cert-type config connect-to crlfile doh-url engine etag-compare etag-save
    ftp-account ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode interface key key-type krb local-port
    login-options mail-auth mail-from mail-rcpt max-filesize netrc-file noproxy pass pinnedpubkey preproxy proxy
    proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key
    proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype
    proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote range request-target resolve sasl-authzid
    service-name socks4 socks4a socks5 socks5-gssapi-service socks5-hostname telnet-option time-cond tlsauthtype
    tlspassword tlsuser unix-socket abstract-unix-socket variable`,
  ],
  [
    "ignore",
    `alt-svc ciphers connect-timeout continue-at cookie-jar create-file-mode curves delegation dns-interface
    dns-ipv4-addr dns-ipv6-addr dns-servers dump-header egd-file expect100-timeout happy-eyeballs-timeout-ms help
    hostpubmd5 hostpubsha256 hsts ip-tos ipfs-gateway keepalive-cnt keepalive-time libcurl limit-rate max-redirs max-time output
    output-dir parallel-max proto proto-default proto-redir random-file rate retry retry-delay retry-max-time
    speed-limit speed-time stderr tftp-blksize tls-max tls13-ciphers trace trace-ascii trace-config vlan-priority
    write-out`,
  ],
];

const WITHOUT_VALUE: readonly (readonly [CurlAction, string])[] = [
  ["get", "get"],
  ["head", "head"],
  ["next", "next"],
  [
    "warn",
    `anyauth digest doh-insecure insecure location-trusted negotiate netrc netrc-optional ntlm ntlm-wb proxy-anyauth
    proxy-basic proxy-digest proxy-insecure proxy-negotiate proxy-ntlm proxytunnel`,
  ],
  [
    "ignore",
    `append basic ca-native cert-status compressed compressed-ssh create-dirs crlf disable disable-eprt
    disable-epsv disallow-username-in-url doh-cert-status fail fail-early fail-with-body false-start form-escape
    ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control globoff haproxy-protocol http0.9
    http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only ignore-content-length include ipv4 ipv6
    junk-session-cookies list-only location mail-rcpt-allowfails manual metalink no-alpn no-buffer no-clobber
    no-keepalive no-npn no-progress-meter no-sessionid parallel parallel-immediate path-as-is post301 post302 post303
    progress-bar proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 raw remote-header-name remote-name
    remote-name-all remote-time remove-on-error retry-all-errors retry-connrefused sasl-ir show-error silent
    skip-existing socks5-basic socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke
    ssl-reqd ssl-revoke-best-effort sslv2 sslv3 styled-output suppress-connect-headers tcp-fastopen tcp-nodelay
    tftp-no-options tls-earlydata tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-ids trace-time use-ascii
    verbose version xattr`,
  ],
];

/** Every option of curl by its long name. Source: https://curl.se/docs/manpage.html */
export const CURL_OPTIONS: ReadonlyMap<string, CurlOption> = new Map(
  [
    { table: WITH_VALUE, takesValue: true },
    { table: WITHOUT_VALUE, takesValue: false },
  ].flatMap(({ table, takesValue }) =>
    table.flatMap(([action, list]) => names(list).map((name) => [name, { action, takesValue }] as const)),
  ),
);

/** The long names of the letters. */
const LETTERS =
  "0http1.0 1tlsv1 2sslv2 3sslv3 4ipv4 6ipv6 aappend Auser-agent bcookie Buse-ascii ccookie-jar Ccontinue-at ddata Ddump-header ereferer Ecert ffail Fform ggloboff Gget hhelp Hheader iinclude Ihead jjunk-session-cookies Jremote-header-name kinsecure Kconfig llist-only Llocation mmax-time Mmanual nnetrc Nno-buffer ooutput Oremote-name pproxytunnel Pftp-port qdisable Qquote rrange Rremote-time ssilent Sshow-error ttelnet-option Tupload-file uuser Uproxy-user vverbose Vversion wwrite-out xproxy Xrequest Yspeed-limit yspeed-time ztime-cond Zparallel #progress-bar :next";

/** @example CURL_LETTERS.get("H") // "header" */
export const CURL_LETTERS: ReadonlyMap<string, string> = new Map(
  names(LETTERS).map((each) => [each.slice(0, 1), each.slice(1)]),
);
