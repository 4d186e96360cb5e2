/** A filter in front of a reader's mailbox, which opens every link of a mail before the reader does. */

import { expect, it } from "vitest";
import { fillSlots } from "#core/renditions/slots.ts";
import { addReaders, aPost } from "../support/app.ts";
import { openReaderSite, type ReaderSite } from "../support/reader-site.ts";

const browser = {
  "user-agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
};
const post = aPost({ body: "Read [this](https://example.net/story) and [that](https://example.com/).\n" });

/** Every address of ours that a mail has, in its parts and in its headers. */
function linksOf(site: ReaderSite): string[] {
  const links = site.mails.flatMap(({ rendition, recipient }) => {
    const { html, text } = fillSlots(rendition, recipient);
    const { unsubscribeUrl, preferencesUrl, confirmUrl, viewUrl } = recipient;
    return [
      ...(`${html} ${text}`.match(/https:\/\/news\.example\.org\/[^\s"<>]+/g) ?? []),
      ...[unsubscribeUrl, preferencesUrl, confirmUrl, viewUrl].filter((link) =>
        link?.startsWith("https://news.example.org/"),
      ),
    ];
  });
  return [...new Set(links)].map((link) => site.here(link));
}

async function consents({ test }: ReaderSite): Promise<unknown[]> {
  const { rows } = await test.app.database.pool.query(
    `select s.address, b.state, (select array_agg(c.action order by c.id) from postrider.consent c where c.subscriber_id = s.id) as said
     from postrider.subscriber s join postrider.subscription b on b.subscriber_id = s.id order by s.address`,
  );
  return rows;
}

it.each([
  ["like a person's browser", {}, "GET"],
  ["by HEAD", {}, "HEAD"],
  ["ahead of the reader, and says so", { "sec-purpose": "prefetch" }, "GET"],
  ["one after the other, and each twice", { "x-slowly": "yes" }, "GET"],
])("A scanner that opens every link %s confirms, ends and counts nothing", async (_title, headers, method) => {
  await using site = await openReaderSite("lists: { everyone: { tracking: true } }\n");
  await addReaders(site.test, 1);
  await site.post(`${site.url}/subscribe`, { address: "ann@example.org", list: "everyone" });
  await expect.poll(() => site.mails.length, { timeout: 120_000 }).toBe(1);
  await site.test.publish(post);
  await site.test.settled();
  const before = await consents(site);
  expect(before).toMatchObject([
    { address: "ann@example.org", state: "unconfirmed", said: ["asked"] },
    { address: "reader0@example.org", state: "confirmed", said: null },
  ]);

  const links = linksOf(site);
  for (const path of ["/click/", "/open/", "/unsubscribe/", "/preferences/", "/confirm/", "/archive/"])
    expect(
      links.some((link) => link.includes(path)),
      path,
    ).toBe(true);
  const open = async (link: string): Promise<number> =>
    (await fetch(link, { method, headers: { ...browser, ...headers }, redirect: "manual" })).status;
  const statuses: number[] = [];
  if ("x-slowly" in headers) for (const link of [...links, ...links]) statuses.push(await open(link));
  else statuses.push(...(await Promise.all(links.map(open))));
  expect(statuses.filter((status) => status >= 400)).toEqual([]);

  expect(await consents(site)).toEqual(before);
  const seen = await site.test.app.desk.engagement("hello.md", "everyone");
  expect([seen?.opened ?? 0, seen?.clicked ?? 0]).toEqual([0, 0]);
});
