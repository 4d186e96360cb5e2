-- An index that mentions `state` has every change of every mail written to all indexes: PostgreSQL changes a row in place only
-- where no index could tell. Channels with one destination have few deliveries, whatever their state.
drop index postrider.delivery_uncertain;
create index delivery_single on postrider.delivery (channel) where recipient = '';
