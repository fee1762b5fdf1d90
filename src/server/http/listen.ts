import type { Server } from "node:http";
import { EnvError } from "../env/env.ts";

/**
 * Starts listening and says on which port.
 *
 * @param port `0` for any free one
 * @throws EnvError when the port is taken or not ours to take
 */
export const listen = (server: Server, port: number, host?: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE")
        reject(new EnvError(`Port ${port} is taken: stop what listens there, or set PORT to another one.`));
      else if (error.code === "EACCES")
        reject(new EnvError(`Port ${port} may not be opened by this user: set PORT to one above 1023.`));
      else reject(error);
    });
    server.listen({ port, ...(host && { host }) }, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
