export interface AuthMigration {
  readonly name: string;
  readonly statements: readonly string[];
}

/** Append-only: what has been released is never changed. */
export const authMigrations: readonly AuthMigration[] = [
  {
    name: "0001_people_sessions_keys",
    statements: [
      `create table auth_user (
        id text primary key,
        name text not null,
        email text not null unique,
        email_verified boolean not null default false,
        image text,
        role text not null default 'viewer' check (role in ('viewer', 'operator', 'admin')),
        tenants text[] not null default '{}',
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`,
      `create table auth_session (
        id text primary key,
        user_id text not null references auth_user (id) on delete cascade,
        token text not null unique,
        expires_at timestamptz not null,
        ip_address text,
        user_agent text,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`,
      "create index auth_session_user on auth_session (user_id)",
      `create table auth_account (
        id text primary key,
        user_id text not null references auth_user (id) on delete cascade,
        account_id text not null,
        provider_id text not null,
        access_token text,
        refresh_token text,
        id_token text,
        access_token_expires_at timestamptz,
        refresh_token_expires_at timestamptz,
        scope text,
        password text,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`,
      "create index auth_account_user on auth_account (user_id)",
      `create table auth_verification (
        id text primary key,
        identifier text not null,
        value text not null,
        expires_at timestamptz not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`,
      "create index auth_verification_identifier on auth_verification (identifier)",
      `create table auth_apikey (
        id text primary key,
        config_id text not null default 'default',
        name text,
        start text,
        prefix text,
        key text not null,
        reference_id text not null references auth_user (id) on delete cascade,
        refill_interval integer,
        refill_amount integer,
        last_refill_at timestamptz,
        enabled boolean not null default true,
        rate_limit_enabled boolean not null default true,
        rate_limit_time_window integer,
        rate_limit_max integer,
        request_count integer not null default 0,
        remaining integer,
        last_request timestamptz,
        expires_at timestamptz,
        permissions text,
        metadata text,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`,
      "create index auth_apikey_key on auth_apikey (key)",
      "create index auth_apikey_reference on auth_apikey (reference_id)",
      `create table auth_rate_limit (
        id text primary key,
        key text not null unique,
        count integer not null,
        last_request bigint not null
      )`,
      `create table auth_setup_token (
        token_hash text primary key,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null
      )`,
    ],
  },
  {
    name: "0002_invitations_and_the_hubs_own_keys",
    statements: [
      "alter table auth_user add column disabled_at timestamptz",
      // Without an owner: a key of the hub itself.
      "alter table auth_apikey alter column reference_id drop not null",
      `create table auth_link (
        user_id text primary key references auth_user (id) on delete cascade,
        token_hash text not null unique,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null
      )`,
      `create table auth_sealed (
        name text primary key,
        envelope jsonb not null,
        updated_at timestamptz not null default now()
      )`,
    ],
  },
];
