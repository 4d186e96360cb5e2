-- Which revision a copy shows, once it was edited where it stands; empty: that of its publication.
alter table postrider.delivery add column revision text;
