/** `khotan/next`: for `next.config.ts`. The route's `toNextJsHandler` comes from `khotan/factory`. */
export { withKhotan } from "./with-khotan.ts";
