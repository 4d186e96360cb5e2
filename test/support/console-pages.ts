/** The pages of the console on the sample site, with names for pictures. */

import type { SampleSite } from "./sample-site.ts";

export function consolePages({
  campaign,
  uncertain,
  reader,
}: Pick<SampleSite, "campaign" | "uncertain" | "reader">): Record<string, string> {
  return {
    today: "/console",
    posts: "/console/posts",
    post: "/console/posts/lamp.md",
    publish: "/console/posts/fog.md/publish",
    again: "/console/posts/lamp.md/again",
    withdraw: "/console/posts/lamp.md/withdraw",
    campaigns: "/console/campaigns",
    campaign: `/console/campaigns/${campaign}`,
    uncertain: "/console/uncertain",
    deliveries: "/console/deliveries?state=refused",
    readers: "/console/readers",
    reader: `/console/readers/${reader}`,
    lists: "/console/lists",
    segment: `/console/lists?segment=${encodeURIComponent('city = "Farhaven"')}&list=everyone`,
    jobs: "/console/jobs",
    job: "/console/jobs/weekly-digest?rehearse=1",
    editions: "/console/editions",
    edition: "/console/editions/weekly-digest/1",
    channels: "/console/channels",
    feeds: "/console/feeds",
    workers: "/console/workers",
    queue: "/console/queue",
    webhooks: "/console/webhooks",
    people: "/console/people",
    log: "/console/log",
    search: "/console/search?q=lamp",
    "search of deliveries": "/console/search?q=state:uncertain",
    settings: "/console/settings",
    delivery: `/console/deliveries/${uncertain}`,
  };
}
