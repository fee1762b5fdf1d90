export { authorize } from "./authorize.ts";
export { type NewUser, createUser } from "./create-user.ts";
