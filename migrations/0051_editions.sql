-- Issues of campaigns, frozen when they were prepared: what is in them, and the mail itself. What goes out is this, whatever
-- becomes of posts and templates meanwhile.
create table postrider.edition (
  job text not null,
  -- Each number is used once, also where nobody agreed to the edition.
  number int not null check (number > 0),
  -- Under which the ledger knows it; that of the post where a campaign is about one.
  post_id text not null,
  revision text not null,
  title text not null,
  -- Its time, which is also its date.
  scheduled_for timestamptz not null,
  actor text not null,
  -- Where it goes: names, lists and rules of channels as they were.
  channels jsonb not null,
  state text not null check (state in ('waiting', 'approved', 'declined', 'expired')),
  publication_id uuid references postrider.publication (id),
  reviewers text[] not null default '{}',
  expires_at timestamptz,
  -- When the reviewers had been sent their test mail.
  asked_at timestamptz,
  decided_at timestamptz,
  decided_by text,
  created_at timestamptz not null default now(),
  primary key (job, number)
);
create index edition_waiting on postrider.edition (expires_at) where state = 'waiting';

create table postrider.edition_mail (
  job text not null,
  number int not null,
  list text not null,
  rendition jsonb not null,
  primary key (job, number, list),
  foreign key (job, number) references postrider.edition (job, number)
);

-- Each post is in one edition of a job at most. Number 0: it was there before the job began.
create table postrider.edition_post (
  job text not null,
  post_id text not null,
  url text not null,
  number int not null,
  primary key (job, post_id)
);
create index edition_post_url on postrider.edition_post (job, url);
