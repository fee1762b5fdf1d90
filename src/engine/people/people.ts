import type {
  ApiKeyRecord,
  CreateApiKey,
  CreateUser,
  Principal,
  UpdateUser,
  UserRecord,
} from "../../contract/index.ts";
import type { Transaction } from "../database/adapter.ts";

/** Where a list goes on. `after` is what the page before gave as `next`. */
export interface PeopleQuery {
  readonly after: string | null;
  readonly limit: number;
}

export interface PeoplePage<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** A one-time link, as a path of the host's site: the hub adds the origin the request came to. */
export interface PeopleLink {
  /** e.g. `/welcome?token=…` */
  readonly path: string;
  readonly expiresAt: Date;
}

/**
 * Who may sign in, and their API keys: the host's, since it is the host that signs people in. The hub asks it through
 * this port, writes the audit log, and tells the other browsers; without it the routes answer 501.
 *
 * Every call is given a transaction of the hub's database, in which the audit entry is written too: who keeps people
 * elsewhere may leave it alone. What is refused is a `KhotanError`: `not_found`, `conflict`, `validation_failed`.
 *
 * @example khotan({ adapter, plugs, authorize, people: ourPeople })
 */
export interface People {
  listUsers(tx: Transaction, query: PeopleQuery, actor: Principal): Promise<PeoplePage<UserRecord>>;
  createUser(
    tx: Transaction,
    input: CreateUser,
    actor: Principal,
  ): Promise<{ readonly user: UserRecord; readonly link: PeopleLink | null; readonly password: string | null }>;
  /** The last admin who can sign in and sees every tenant stays one, also when two requests come at once. */
  updateUser(tx: Transaction, id: string, patch: UpdateUser, actor: Principal): Promise<UserRecord>;
  /** @returns whom. The same holds for the last admin. */
  deleteUser(tx: Transaction, id: string, actor: Principal): Promise<{ readonly id: string; readonly email: string }>;
  createLink(
    tx: Transaction,
    id: string,
    actor: Principal,
  ): Promise<{ readonly link: PeopleLink; readonly email: string }>;
  endSessions(
    tx: Transaction,
    id: string,
    actor: Principal,
  ): Promise<{ readonly ended: number; readonly email: string }>;
  listKeys(tx: Transaction, query: PeopleQuery, actor: Principal): Promise<PeoplePage<ApiKeyRecord>>;
  /** @returns the key itself as `secret`, this once. */
  createKey(
    tx: Transaction,
    input: CreateApiKey,
    actor: Principal,
  ): Promise<{ readonly key: ApiKeyRecord; readonly secret: string }>;
  deleteKey(tx: Transaction, id: string, actor: Principal): Promise<{ readonly id: string; readonly name: string }>;
}
