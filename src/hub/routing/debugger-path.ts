/**
 * Where a plug's debugger is.
 *
 * @example debuggerPath("sandbox", "createOrder") // "/plugs/sandbox/debug/createOrder"
 */
export const debuggerPath = (plug: string, endpoint?: string | null): string =>
  `/plugs/${encodeURIComponent(plug)}/debug${endpoint ? `/${encodeURIComponent(endpoint)}` : ""}`;
