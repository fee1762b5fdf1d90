/** Parts of the Hub that can stand alone in a page, by the name of their registry item. */
export const PIECES: Readonly<
  Record<string, { readonly component: string; readonly about: string; readonly ofPlug?: true }>
> = {
  "runs-table": { component: "RunsTable", about: "The runs, live: filters, histogram, and one run in detail." },
  "events-table": { component: "EventsTable", about: "What came in: the raw request, its verdict, its deliveries." },
  "plug-debugger": { component: "PlugDebugger", about: "Requests by a plug's real path, and what is answered." },
  "var-panel": { component: "VarPanel", about: "A plug's variables, secrets masked.", ofPlug: true },
  "wire-panel": { component: "WirePanel", about: "A plug's webhooks, and how to set them up.", ofPlug: true },
  "topology-canvas": { component: "TopologyCanvas", about: "Everything that is connected, as a picture." },
  "config-page": { component: "ConfigPage", about: "All plugs with their variables, wires and handlers." },
};

/** A component of the app's own that shows a part of the Hub. */
export function pieceText(kind: string, apiPath: string): string {
  const { component = "", about = "", ofPlug } = PIECES[kind] ?? {};
  const [given, passed] = ofPlug ? ["{ plug }: { plug: string }", "plug={plug} "] : ["", ""];
  const props = `${passed}apiPath="${apiPath}" hubPath="/hub" signInPath={null} style={{ height: "40rem" }}`;
  return `import { ${component} as Piece } from "khotan/hub";

/** ${about} The API asks who is there; put it on a page that your app protects. */
export function ${component}(${given}) {
  return <Piece ${props} />;
}
`;
}
