import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Jobs, jobJsonSchema, readJobs } from "#config/jobs/jobs.ts";
import { tempDir } from "../support/temp.ts";

/** Files by their path in the folder of the site. */
async function read(files: Record<string, string>, lists: string[] | null = ["weekly"]): Promise<Jobs> {
  const dir = tempDir();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return readJobs({
    dir,
    timezone: "Europe/Berlin",
    channels: [
      { name: "newsletter", medium: "email", list: "everyone" },
      { name: "feed", medium: "feed" },
    ],
    ...(lists && { lists }),
    segments: { locals: "city = 'Farhaven'" },
    templatesDir: join(dir, "templates"),
  });
}

const lines = ({ problems }: Pick<Jobs, "problems">): string[] =>
  problems.map(({ file, line, message }) => `${file?.split("/").at(-1)}:${line}: ${message}`);

describe("A folder of jobs", () => {
  it("reports a job file in a subfolder, but not system folders", async () => {
    const job = "kind: maintenance\ntasks: [sweep]\n";
    const { jobs, problems, names } = await read({
      "jobs/tidy.yaml": job,
      "jobs/weekly/tidy.yaml": job,
      "jobs/..data/tidy.yaml": job,
      "jobs/texts/intro.md": "Good morning.\n",
    });
    expect(jobs.map(({ name }) => name)).toEqual(["tidy"]);
    expect(names).toEqual(["tidy"]);
    expect(problems.map(({ file = "" }) => file.split("/").slice(-3).join("/"))).toEqual(["jobs/weekly/tidy.yaml"]);
    expect(lines({ problems })[0]).toContain("are not read. Move the file to jobs/");
  });

  it("is read, each kind with its defaults", async () => {
    const { jobs, problems } = await read({
      "jobs/new-posts.yaml": "kind: publish\nchannels: [feed, newsletter]\nafter: { newsletter: +10m }\n",
      "jobs/weekly.yaml": `kind: campaign
description: Friday digest
schedule: { cron: "0 9 * * 5", timezone: Europe/London, missed: skip }
posts: { since: 7d, limit: 10, group: tag }
audience: { list: weekly }
channels: [newsletter]
pace: { perMinute: 600, stopAfterFailures: 50 }
subject: "{site}, number {number}"
intro: { file: jobs/intro.md }
review: { to: [ada@example.org] }
`,
      "jobs/intro.md": "Good morning.\n",
      "jobs/locals.yaml": "kind: campaign\nchannels: [newsletter]\naudience: { segment: locals }\n",
      "jobs/mend.yaml": "kind: republish\nask: [post, channels, mode]\n",
      "jobs/again.yml": "kind: republish\nmode: update\n",
      "jobs/tidy.yaml": "kind: maintenance\nschedule: every day at 03:00\ntasks: [prune, sweep]\n",
    });
    expect(lines({ problems })).toEqual([]);
    expect(jobs).toMatchObject([
      { name: "again", kind: "republish", mode: "update" },
      { name: "locals", kind: "campaign", sending: { segment: "city = 'Farhaven'" } },
      { name: "mend", kind: "republish", ask: ["post", "channels", "mode"] },
      { name: "new-posts", kind: "publish", channels: ["feed", "newsletter"] },
      { name: "tidy", kind: "maintenance", tasks: ["prune", "sweep"], keep: { seconds: 90 * 86_400 } },
      {
        name: "weekly",
        kind: "campaign",
        schedule: { cron: "0 9 * * 5", timezone: "Europe/London", missed: "skip" },
        posts: { since: 7 * 86_400, limit: 10, order: "newest", group: "tag", tags: [], authors: [] },
        audience: { list: "weekly" },
        sending: { pace: { perMinute: 600 }, stopAfterFailures: 50 },
        review: { to: ["ada@example.org"], expiresSeconds: 86_400 },
      },
    ]);
    const posts = jobs.find((job) => job.kind === "publish");
    expect(posts?.after?.["newsletter"]?.(new Date("2026-01-05T09:00:00Z"))).toEqual(new Date("2026-01-05T09:10:00Z"));
  });

  it("reports all mistakes at once with their lines, and keeps the valid jobs", async () => {
    const jobs = await read({
      "jobs/good.yaml": "kind: publish\nchannels: [feed]\n",
      "jobs/kind.yaml": "description: no kind\n",
      "jobs/kind2.yaml": "kind: campain\nchannels: [newsletter]\n",
      "jobs/many.yaml": `kind: campaign
shedule: every friday at 09:00
channels: [newsleter, feed]
posts:
  limit: 0
  ordr: newest
audience:
  list: weakly
subject: "Number {nummer}"
review:
  to: [nobody]
  expires: soon
`,
      "jobs/lists.yaml": `kind: campaign
schedule:
  cron: "61 9 * * 5"
  timezone: Europe/Atlantis
  mised: skip
channels: [newsletter]
`,
      "jobs/asked.yaml": "kind: republish\nmode: update\nask: [mode]\n",
      "jobs/asked2.yaml": "kind: republish\nask: [chanels]\n",
      "jobs/segment.yaml": "kind: campaign\nchannels: [newsletter]\naudience: { segment: localls }\n",
      "jobs/cron.yaml": `kind: campaign
channels: [newsletter, feed]
audience: { list: weakly }
schedule: "0 0 31 2 *"
`,
      "jobs/missing.yaml": `kind: campaign
channels: [newsleter, feed]
audience: { list: weakly }
template: mine
intro: { file: gone.md }
`,
      "jobs/again.yaml": "kind: republish\nschedule: every hour\nmode: repost\npost: a.md\nchannels: [feed]\n",
      "jobs/twin.yaml": "kind: publish\nchannels: [feed]\n",
      "jobs/twin.yml": "kind: publish\nchannels: [feed]\n",
      "jobs/broken.yaml": "kind: publish\nchannels: [feed\n",
    });
    expect(jobs.jobs.map(({ name }) => name)).toEqual(["good"]);
    expect(jobs.names).toContain("broken");
    expect(lines(jobs)).toEqual([
      "again.yaml:3: mode: a repost sends the post again to people who have it, so it can't run on a schedule",
      'again.yaml:4: post: the site folder has no file "a.md"',
      "asked.yaml:2: mode: is listed under `ask`, so it can't have a value here",
      'asked.yaml:3: ask: "post" is missing: set it, or list it under `ask`',
      expect.stringMatching(/^asked2\.yaml:2: ask\.0: .*found "chanels"; did you mean "channels"/),
      expect.stringMatching(/^broken\.yaml:\d: /),
      'cron.yaml:2: channels.1: "feed" is not an email channel; a campaign needs one',
      'cron.yaml:3: audience.list: there is no list "weakly"; did you mean "weekly"?',
      'cron.yaml:4: schedule: "0 0 31 2 *" describes a time that never occurs, found "0 0 31 2 *"',
      expect.stringMatching(/^kind\.yaml:1: kind: expected publish, campaign, republish, maintenance; is missing/),
      expect.stringContaining(
        'kind2.yaml:1: kind: expected publish, campaign, republish, maintenance; did you mean "campaign"?',
      ),
      expect.stringMatching(/^lists\.yaml:3: schedule\.cron: .*invalid value for minute: 61/),
      expect.stringMatching(/^lists\.yaml:4: schedule\.timezone: expected a time zone/),
      'lists.yaml:5: schedule.mised: unknown key "mised"; did you mean "missed"?',
      'many.yaml:2: shedule: unknown key "shedule"; did you mean "schedule"?',
      'many.yaml:3: channels.0: there is no channel "newsleter"; did you mean "newsletter"?',
      'many.yaml:3: channels.1: "feed" is not an email channel; a campaign needs one',
      expect.stringContaining("many.yaml:5: posts.limit: "),
      'many.yaml:6: posts.ordr: unknown key "ordr"; did you mean "order"?',
      'many.yaml:8: audience.list: there is no list "weakly"; did you mean "weekly"?',
      expect.stringContaining("many.yaml:9: subject: there is no {nummer}; known: {number}"),
      expect.stringContaining("many.yaml:11: review.to.0: expected an email address"),
      expect.stringContaining("many.yaml:12: review.expires: expected a duration such as 90m"),
      'missing.yaml:2: channels.0: there is no channel "newsleter"; did you mean "newsletter"?',
      'missing.yaml:2: channels.1: "feed" is not an email channel; a campaign needs one',
      'missing.yaml:3: audience.list: there is no list "weakly"; did you mean "weekly"?',
      "missing.yaml:4: template: the templates folder has no file email/mine.mjml",
      'missing.yaml:5: intro.file: the site folder has no file "gone.md"',
      expect.stringContaining('segment.yaml:3: audience.segment: unknown segment "localls"; did you mean "locals"?'),
      'twin.yaml:1: two job files are named "twin". Neither job runs until you rename one',
      'twin.yml:1: two job files are named "twin". Neither job runs until you rename one',
    ]);
  });

  it("accepts a list that can't be looked up", async () => {
    const file = { "jobs/a.yaml": "kind: campaign\nchannels: [newsletter]\naudience: { list: other }\n" };
    expect((await read(file)).problems).toHaveLength(1);
    expect((await read(file, null)).problems).toEqual([]);
  });

  it("has a schema for editors that knows every key", () => {
    const schema = jobJsonSchema() as {
      oneOf: { properties: Record<string, unknown>; additionalProperties: boolean }[];
    };
    expect(schema.oneOf.map(({ properties }) => (properties["kind"] as { const: string }).const)).toEqual([
      "publish",
      "campaign",
      "republish",
      "maintenance",
    ]);
    expect(schema.oneOf.every(({ additionalProperties }) => !additionalProperties)).toBe(true);
    expect(Object.keys(schema.oneOf[1]?.properties ?? {})).toEqual(expect.arrayContaining(["posts", "pace", "review"]));
  });
});
