import type { People } from "../../../engine/people/people.ts";
import { createKey, deleteKey, listKeys } from "./api-keys.ts";
import { createLink, createUser, deleteUser, endSessions, updateUser } from "./change-users.ts";
import { listUsers } from "./user-records.ts";

/** This app's people and keys, for `khotan({ people })`. They live in the same database, so the hub's transaction holds. */
export const people: People = {
  listUsers,
  createUser,
  updateUser,
  deleteUser,
  createLink,
  endSessions,
  listKeys,
  createKey,
  deleteKey,
};
