-- Signing in through an OpenID provider: who somebody is there.
create table postrider.person_identity (
  issuer text not null,
  subject text not null,
  person text not null references postrider.person (name) on delete cascade,
  created_at timestamptz not null default now(),
  primary key (issuer, subject)
);
create index person_identity_person on postrider.person_identity (person);

-- Passkeys: the public keys, never a secret.
create table postrider.passkey (
  -- As base64url.
  id text primary key,
  person text not null references postrider.person (name) on delete cascade,
  public_key bytea not null,
  -- Grows with each use, on devices that count. A smaller one is from a copy.
  counter bigint not null,
  transports text[] not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index passkey_person on postrider.passkey (person);

-- What a passkey must sign: each is good once, for some minutes.
create table postrider.passkey_challenge (
  hash text primary key,
  expires_at timestamptz not null
);
