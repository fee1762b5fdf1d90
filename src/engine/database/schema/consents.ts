import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { Envelope } from "../../security/secret-box.ts";
import { at, createdAt, id } from "./columns.ts";

/** A consent that a person has begun and not finished. Gone once it is answered, or after ten minutes. */
export const consents = pgTable(
  "khotan_consents",
  {
    id: id(),
    /** SHA-256 of the state: whoever reads this table cannot answer for anybody. */
    stateHash: text("state_hash").notNull().unique(),
    /** SHA-256 of the cookie of the browser that began it. */
    cookieHash: text("cookie_hash").notNull(),
    plug: text("plug").notNull(),
    tenant: text("tenant").notNull(),
    /** The principal that began it. */
    actorId: text("actor_id").notNull(),
    actorName: text("actor_name"),
    /** PKCE verifier, nonce and redirect URI, encrypted. */
    envelope: jsonb("envelope").$type<Envelope>().notNull(),
    /** Where the browser goes afterwards: a path of the Hub. */
    returnTo: text("return_to").notNull(),
    createdAt: createdAt(),
    expiresAt: at("expires_at").notNull(),
  },
  (table) => [index("khotan_consents_expires").on(table.expiresAt)],
);
