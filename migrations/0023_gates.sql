-- What a publication waits for besides its time: that its page is there for readers. Null: for nothing, or not any more.
-- until: when waiting ends; next: when it is looked at again; tries; said: what the page answered last; over: waiting has ended.
alter table postrider.publication add column gate jsonb;
