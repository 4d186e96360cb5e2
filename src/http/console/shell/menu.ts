/** The pages of the console in their order. Each person sees those that their role can read. */

import type { Permission } from "#core/people/permission.ts";
import type { Asking } from "./asking.ts";

interface Entry {
  label: string;
  path: string;
  needs: Permission;
}

const entry = (label: string, name: string, needs: Permission = "read"): Entry => ({
  ...{ label, needs, path: name === "" ? "/console" : `/console/${name}` },
});

const menu: readonly { name: string; entries: readonly Entry[] }[] = [
  {
    name: "",
    entries: [
      entry("Today", ""),
      entry("Posts", "posts"),
      entry("Campaigns", "campaigns"),
      entry("Uncertain", "uncertain"),
    ],
  },
  { name: "Readers", entries: [entry("Readers", "readers", "readers"), entry("Lists", "lists", "readers")] },
  {
    name: "Schedule",
    entries: [entry("Jobs", "jobs"), entry("Editions", "editions")],
  },
  {
    name: "Machinery",
    entries: [
      entry("Channels", "channels"),
      entry("Feeds", "feeds"),
      entry("Workers", "workers"),
      entry("Queue", "queue"),
      entry("Webhooks", "webhooks", "operate"),
    ],
  },
  {
    name: "House",
    entries: [entry("People", "people", "admin"), entry("Log", "log", "admin"), entry("Settings", "settings", "admin")],
  },
];

export function menuFor({ can }: Pick<Asking, "can">): { name: string; entries: readonly Entry[] }[] {
  return menu
    .map(({ name, entries }) => ({ name, entries: entries.filter(({ needs }) => can(needs)) }))
    .filter(({ entries }) => entries.length > 0);
}
