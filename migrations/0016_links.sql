-- Most mails have no page of their own: what has one is found without looking at the others.
create index delivery_link on postrider.delivery (publication_id, channel, id) where url is not null;
