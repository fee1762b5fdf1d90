// The other side of the benchmark, in a process of its own so that only the client is measured: 1 KB of JSON per request.
import { createServer } from "node:http";

const items = Array.from({ length: 24 }, (_each, i) => ({ sku: `sku-${i}`, count: i, price: 9.5 }));
const body = JSON.stringify({ id: "ord_1", items });

const server = createServer((_request, response) => {
  response.setHeader("content-type", "application/json");
  response.end(body);
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.on("disconnect", () => process.exit());
