import { toNextJsHandler } from "khotan/factory";
import hub from "@/khotan/khotan";

export const { GET, POST, PUT, PATCH, DELETE } = toNextJsHandler(hub.handler);
