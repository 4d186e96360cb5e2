-- When readers of each time zone get it, where a mail goes out by their own clocks; under the empty name who has told none.
alter table postrider.publication_channel add column local_due jsonb;
