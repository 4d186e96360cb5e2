/** Somebody who asks for subscriptions in other people's names, to fill their mailboxes or ours. */

import { once } from "node:events";
import { request } from "node:http";
import { expect, it } from "vitest";
import { openReaderSite, type ReaderSite } from "../support/reader-site.ts";

/** Asks from an address of this machine's own network: each counts as another one. */
async function askFrom(network: string, { url }: ReaderSite, address: string): Promise<number> {
  const headers = { "content-type": "application/json" };
  const asked = request(`${url}/subscribe`, { method: "POST", headers, localAddress: network, agent: false });
  asked.end(JSON.stringify({ address, list: "everyone" }));
  const [response] = (await once(asked, "response")) as [{ statusCode: number; resume(): void }];
  response.resume();
  return response.statusCode;
}

const letters = async ({ test }: ReaderSite): Promise<number> =>
  (await test.app.database.pool.query<{ n: number }>("select count(*)::int as n from postrider.letter")).rows[0]?.n ??
  0;
const later = ({ test }: ReaderSite, interval: string): Promise<unknown> =>
  test.app.database.pool.query("update postrider.letter set created_at = created_at - $1::interval", [interval]);

it("One address gets one letter an hour and five a day, from however many networks it is asked for", async () => {
  await using site = await openReaderSite("", false);
  for (let hour = 0; hour < 8; hour++) {
    const networks = Array.from({ length: 12 }, (_, index) => `127.0.${hour + 1}.${index + 1}`);
    const writings = ["victim@example.org", "Victim@EXAMPLE.org", " victim@example.org "];
    const statuses = await Promise.all(
      networks.map((network, index) => askFrom(network, site, writings[index % 3] ?? "")),
    );
    expect(new Set(statuses)).toEqual(new Set([202]));
    expect(await letters(site)).toBe(Math.min(hour + 1, 5));
    await later(site, "61 minutes");
  }
  await later(site, "24 hours");
  await askFrom("127.0.0.9", site, "victim@example.org");
  expect(await letters(site)).toBe(6);
});

it("A flood from one network is refused, and others may still ask", async () => {
  await using site = await openReaderSite("", false);
  const flood = await Promise.all(
    Array.from({ length: 60 }, (_, index) => askFrom("127.0.0.2", site, `victim${index}@example.org`)),
  );
  expect(flood.filter((status) => status === 202)).toHaveLength(20);
  expect(flood.filter((status) => status === 429)).toHaveLength(40);
  expect(await askFrom("127.0.0.3", site, "ann@example.org")).toBe(202);
  expect(await letters(site)).toBe(21);
});

it("A link from a forwarded mail has its reader written to at most once in ten minutes", async () => {
  await using site = await openReaderSite("", false);
  await site.test.app.subscribers.add([{ address: "ann@example.org" }], { list: "everyone", source: "test" });
  const { rows } = await site.test.app.database.pool.query<{ hash: string }>("select hash from postrider.subscriber");
  const { preferencesUrl } = site.test.app.desk.links(rows[0]?.hash ?? "", "everyone", "probe", {
    ...{ postId: "hello.md", key: "0".repeat(64), publishedAt: new Date() },
  } as never);
  await Promise.all(Array.from({ length: 10 }, () => site.post(site.here(preferencesUrl), { do: "ask-for-data" })));
  expect(await letters(site)).toBe(1);
});
