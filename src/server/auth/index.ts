export { authorize } from "./authorize.ts";
export { createUser, type NewUser } from "./create-user.ts";
