/** Readers from another service: they are left out of what they had there, loudly, and of nothing else. */

import { utimesSync } from "node:fs";
import { expect, it } from "vitest";
import { mailSite, openTestSite, post } from "../support/cli.ts";
import { countsOf } from "../support/publications.ts";
import { openSink } from "../support/sink.ts";

it("sends a post that was written after the import to imported readers, with any date, and reports who is left out of an old one", {
  timeout: 300_000,
}, async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url), {
    "content/posts/old.md": post("Old"),
    "members.csv": "email,subscribed_to_emails\na@example.org,true\nb@example.org,true\n",
  });
  const old = new Date("2026-01-05T10:00:00Z");
  utimesSync(`${site.dir}/content/posts/old.md`, old, old);
  await site.run("subscribers", "import", "members.csv", "--list", "everyone", "--preset", "ghost");

  const today = new Date().toISOString().slice(0, 10);
  site.write("content/posts/today.md", post("Today").replace("2026-01-05T09:00:00Z", `${today}T00:00:01Z`));
  site.write("content/posts/backdated.md", post("Backdated"));
  for (const name of ["today", "backdated"]) {
    const sent = await site.run("publish", `content/posts/${name}.md`, "--json");
    expect(countsOf(sent), sent.stderr).toMatchObject({ accepted: 2, suppressed: 0 });
    expect(sent.stderr).not.toContain("elsewhere");
  }

  const sentence = `2 readers already received it from another service: they were imported on ${today} ("import:members.csv"), and the post has the date 2026-01-05, and its file has existed since 2026-01-05`;
  const planned = await site.run("plan", "content/posts/old.md");
  expect(planned.stdout).toContain("left out: 2 already received it from another service");
  expect(planned.stdout).toContain(`left out: ${sentence}`);
  expect((await site.run("publish", "content/posts/old.md", "--dry-run")).stdout).toContain(sentence);
  const hash = /--plan ([0-9a-f]{16})/.exec(planned.stdout)?.[1] ?? "";
  const published = await site.run("publish", "content/posts/old.md", "--plan", hash, "--json");
  expect(countsOf(published), published.stderr).toMatchObject({ accepted: 0, suppressed: 2 });
  expect(published.stderr).toContain(`newsletter does not send "Old" to everybody: ${sentence}`);
  const [, command = ""] = /postrider (republish .*) --reason/.exec(published.stderr) ?? [];
  const again = await site.run(...command.split(" "), "--reason", "they want it", "--json");
  expect(countsOf(again), again.stderr).toMatchObject({ accepted: 2 });
  expect([...sink.accepted.values()]).toEqual([3, 3]);
});
