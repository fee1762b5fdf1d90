/** `khotan/hub`: the user interface, for a page of the host app. */

export { SetupPage } from "./access/setup-page.tsx";
export { SignInPage } from "./access/sign-in-page.tsx";
export { WelcomePage } from "./access/welcome-page.tsx";
export { Hub, type HubProps } from "./hub.tsx";
export { ConfigPage } from "./pieces/config-page.tsx";
export { EventsTable } from "./pieces/events-table.tsx";
export type { PieceProps } from "./pieces/piece.tsx";
export { PlugDebugger } from "./pieces/plug-debugger.tsx";
export { RunsTable } from "./pieces/runs-table.tsx";
export { TopologyCanvas } from "./pieces/topology-canvas.tsx";
export { VarPanel } from "./pieces/var-panel.tsx";
export { WirePanel } from "./pieces/wire-panel.tsx";
