/** The first page of the server: for readers who come here first. */

import { describe, expect, it } from "vitest";
import { addReaders, aPost } from "../support/app.ts";
import { mailSite, openTestSite, post, readersCsv, serve } from "../support/cli.ts";
import { openReaderSite } from "../support/reader-site.ts";
import { openSink } from "../support/sink.ts";

async function front(url: string): Promise<string> {
  const answer = await fetch(`${url}/`);
  expect([answer.status, answer.headers.get("set-cookie")]).toEqual([200, null]);
  return answer.text();
}

describe("The front page", () => {
  it("has the form, the newest emails and the way to the others, and a form that subscribes", async () => {
    await using site = await openReaderSite("lists: { everyone: { title: Letters, open: true } }\n");
    expect(await front(site.url)).not.toContain("Newest emails");
    await addReaders(site.test, 1);
    for (let index = 1; index <= 6; index++) {
      const id = `2026/letter-${index}.md`;
      await site.test.publish(aPost({ id, title: `Letter <${index}>`, url: `https://example.org/blog/${index}/` }));
      await site.test.settled(id);
    }
    const page = await front(site.url);
    expect(
      [...page.matchAll(/<a href="archive\/2026~letter-(\d)" lang="en">Letter &lt;\d&gt;/g)].map(([, index]) => index),
    ).toEqual(["6", "5", "4", "3", "2"]);
    expect(page).toContain('<a href="archive">Archive</a>');
    expect(page.match(/<h1>/g)).toHaveLength(1);
    const [, action = ""] = /<form method="post" action="([^"]+)"/.exec(page) ?? [];
    const before = site.mails.length;
    const asked = await site.post(new URL(action, `${site.url}/`).href, {
      address: "new@example.org",
      list: "everyone",
    });
    expect(asked.status).toBe(200);
    await expect.poll(() => site.mails.length).toBe(before + 1);
    expect(site.lastMail().recipient.address).toBe("new@example.org");
  });

  it("shows nothing of a list that is not public or not open", async () => {
    await using site = await openReaderSite(
      "lists: { everyone: { title: Letters, archive: unlisted, open: false } }\n",
    );
    await addReaders(site.test, 1);
    await site.test.publish(aPost({ id: "2026/hello.md" }));
    await site.test.settled("2026/hello.md");
    const page = await front(site.url);
    for (const hidden of ["Hello", "Letters", "<form", "reader0"]) expect(page).not.toContain(hidden);
  });

  it("links the feeds, also for feed readers that are given this address", async () => {
    await using sink = await openSink();
    const site = openTestSite(mailSite(sink.url, "  feed: { adapter: rss, out: public }\n"), {
      "content/posts/hello.md": post("Hello"),
      "readers.csv": readersCsv(1),
    });
    await site.run("publish", "content/posts/hello.md", "--channels", "feed");
    const { url, child, finished } = await serve(site);
    const page = await front(url);
    expect(page).toMatch(
      /<link rel="alternate" type="application\/rss\+xml" title="[^"]+ \(RSS\)" href="[^"]+\/feed\.xml">/,
    );
    expect(page).toMatch(/<a href="[^"]+\/feed\.json">JSON Feed<\/a>/);
    child.kill("SIGTERM");
    await finished;
  });
});
