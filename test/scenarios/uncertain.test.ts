/** An operator finds out on the command line whether uncertain emails arrived, and decides about each. */

import { expect, it } from "vitest";
import { mailSite, openTestSite, post, readersCsv } from "../support/cli.ts";
import { countsOf } from "../support/publications.ts";
import { openSink } from "../support/sink.ts";

interface Item {
  id: string;
  address: string;
  state: string;
}

it("shows each with its Message-ID, and counts it, sends it again or leaves it as the operator decides", async () => {
  const lost = ["reader1@example.org", "reader2@example.org", "reader3@example.org"];
  await using sink = await openSink({ lost });
  const site = openTestSite(mailSite(sink.url), {
    "content/posts/hello.md": post("Hello"),
    "readers.csv": readersCsv(5),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  await site.run("publish", "content/posts/hello.md");
  const listed = await site.run("deliveries", "list", "--state", "uncertain", "--json");
  const { items } = listed.json<{ items: Item[] }>();
  const idOf = (address: string): string => items.find((item) => item.address === address)?.id ?? "";
  expect(items.map(({ address }) => address).sort()).toEqual(lost);
  const printed = await site.run("deliveries", "list", "--state", "uncertain");
  expect(
    printed.stdout.split("\n").filter((line) => / uncertain {2}hello\.md {2}newsletter, to reader\d@/.test(line)),
  ).toHaveLength(3);
  expect((await site.run("deliveries", "list", "--channel", "none")).stdout).toContain("There are no such deliveries.");

  const [first = "", second = "", third = ""] = lost;
  const shown = await site.run("deliveries", "show", idOf(third));
  const [, begin = "?"] = /Message-ID begins with: (\S{32})/.exec(shown.stdout) ?? [];
  expect(shown.stdout).toContain("delivery.uncertain");

  const reason = ["--reason", "looked into the relay's log"];
  expect((await site.run("deliveries", "decide", idOf(first), "arrived", ...reason)).stdout).toContain(
    "counts as accepted now",
  );
  expect((await site.run("deliveries", "decide", idOf(second), "leave", ...reason)).stdout).toContain(
    "stays uncertain",
  );
  lost.length = 0;
  const again = await site.run("deliveries", "decide", idOf(third), "send-again", ...reason, "--json");
  expect(again.json()).toEqual({ delivery: idOf(third), verdict: "send-again", state: "pending" });
  expect(countsOf(await site.run("publish", "content/posts/hello.md", "--json"))).toMatchObject({
    accepted: 4,
    uncertain: 1,
  });
  expect([first, second, third].map((address) => sink.accepted.get(address))).toEqual([undefined, undefined, 1]);
  expect(sink.messageIds.get(third)).toEqual([expect.stringContaining(begin)]);

  const { items: log } = (await site.run("log", "--json")).json<{ items: { act: string; reason: string }[] }>();
  expect(log.filter(({ act }) => act === "deliveries.decide").map((entry) => entry.reason)).toEqual(
    Array(3).fill("looked into the relay's log"),
  );
});

it("decides about nothing that is certain, without a reason, or with another word", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url), {
    "content/posts/hello.md": post("Hello"),
    "readers.csv": readersCsv(1),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  await site.run("publish", "content/posts/hello.md");
  const { items } = (await site.run("deliveries", "list", "--json")).json<{ items: Item[] }>();
  const id = items[0]?.id ?? "";
  const decide = (...words: string[]) => site.run("deliveries", "decide", ...words);
  const certain = await decide(id, "arrived", "--reason", "x");
  expect([certain.status, certain.stderr]).toEqual([1, expect.stringContaining("accepted")]);
  const nothing = await decide("999999", "arrived", "--reason", "x");
  expect([nothing.status, nothing.stderr]).toEqual([1, expect.stringContaining('There is no delivery "999999"')]);
  expect((await decide(id, "arrived")).status).toBe(2);
  expect((await decide(id, "perhaps", "--reason", "x")).status).toBe(2);
  expect((await site.run("deliveries", "list", "--state", "lost")).status).toBe(2);
});
