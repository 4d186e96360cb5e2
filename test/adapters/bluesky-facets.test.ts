/**
 * Links, hashtags and mentions as Bluesky's own client finds them. The table holds every kind of case of its public tests
 * (bluesky-social/atproto, packages/api/tests/rich-text-detection.test.ts) in words of ours; the client itself is asked, too.
 */

import { AtpAgent, RichText } from "@atproto/api";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import bluesky from "#adapters/bluesky.ts";
import { anEnvelope, never, openChannel } from "#contract/samples.ts";
import { openScriptedPds } from "../support/servers/atproto.ts";

interface Facet {
  index: { byteStart: number; byteEnd: number };
  features: { $type: string; did?: string; uri?: string; tag?: string }[];
}

const known = "@ada.example.org";
const pds = await openScriptedPds();
pds.handles.set("ada.example.org", "did:plc:ada");
const settings = { service: pds.url, identifier: "news.example.org", password: "s3cret-pass" };
const transport = await openChannel(bluesky, settings);
const envelope = anEnvelope("note");

afterAll(() => pds[Symbol.asyncDispose]());

async function sent(text: string, url = envelope.rendition.url): Promise<Facet[]> {
  pds.records.clear();
  await transport.send({ ...envelope, rendition: { ...envelope.rendition, text, url } }, never);
  return ([...pds.records.values()] as { facets?: Facet[] }[])[0]?.facets ?? [];
}

/** What a facet covers, and what it means where that is something else. */
function shown(text: string, facets: readonly Facet[]): string[] {
  const bytes = Buffer.from(text);
  return facets.map(({ index, features: [feature] }) => {
    const covered = bytes.subarray(index.byteStart, index.byteEnd).toString();
    const meant = feature?.uri ?? feature?.did ?? `#${feature?.tag}`;
    return covered === meant ? covered : `${covered} -> ${meant}`;
  });
}

const ada = `${known} -> did:plc:ada`;
const house = "👩‍🚒🏠";

describe.each<[kind: string, cases: [text: string, ...found: string[]][]]>([
  [
    "mentions",
    [
      ["nothing here"],
      [`${known} wrote it`, ada],
      [`written by ${known} at night`, ada],
      [`by ${known}`, ada],
      [`${known} ${known} ${known}`, ada, ada, ada],
      [`by (${known})`, ada],
      [`${known}!?$more`, ada],
      [`${known}'s`, ada],
      [`${known}\n${known}`, ada, ada],
      [`${house} ${known} ${house}`, ada],
      [`mail${known} is an address`],
      ["ada@harbour"],
      ["@nobody.example.org stays text"],
    ],
  ],
  [
    "links with their scheme",
    [
      ["see https://e.org now", "https://e.org"],
      ["see https://e.org/a/b now", "https://e.org/a/b"],
      ["see https://e.org/a?b=c now", "https://e.org/a?b=c"],
      ["see https://e.org/a?b=c#d now", "https://e.org/a?b=c#d"],
      ["https://e.org/a?b=c#d is it", "https://e.org/a?b=c#d"],
      ["it is https://e.org/a?b=c#d", "https://e.org/a?b=c#d"],
      ["https://e.org\nhttps://f.org", "https://e.org", "https://f.org"],
      ["https://e.org https://f.org/x https://g.org", "https://e.org", "https://f.org/x", "https://g.org"],
      [`${house} https://e.org ${house}`, "https://e.org"],
      ["https://notes.e.org/2019/07/05/how-we-built-a-lamp/ ", "https://notes.e.org/2019/07/05/how-we-built-a-lamp/"],
      ["https://e.org, https://f.org; https://g.org.", "https://e.org", "https://f.org", "https://g.org"],
      ["(https://e.org)", "https://e.org"],
      ["https://e.org/a_(b)", "https://e.org/a_(b)"],
      ["https://e.org/#top", "https://e.org/#top"],
    ],
  ],
  [
    "links without one",
    [
      ["see e.org now", "e.org -> https://e.org"],
      ["see e.org/a/b now", "e.org/a/b -> https://e.org/a/b"],
      ["see e.org/a?b=c now", "e.org/a?b=c -> https://e.org/a?b=c"],
      ["see e.org/a?b=c#d now", "e.org/a?b=c#d -> https://e.org/a?b=c#d"],
      ["e.org/a?b=c#d is it", "e.org/a?b=c#d -> https://e.org/a?b=c#d"],
      ["it is e.org/a?b=c#d", "e.org/a?b=c#d -> https://e.org/a?b=c#d"],
      ["e.org\nf.org", "e.org -> https://e.org", "f.org -> https://f.org"],
      ["old e.org/start.php page", "e.org/start.php -> https://e.org/start.php"],
      ["this is e.org: a place", "e.org -> https://e.org"],
      ["so.. we..go ..on"],
      ["i.e."],
      ["i.e./or"],
      ["harbour-night.png"],
      ["e.org.png"],
      ["e.org.png/large"],
    ],
  ],
  [
    "hashtags",
    [
      ["#x", "#x"],
      ["#x #y", "#x", "#y"],
      ["#7"],
      ["in #7"],
      ["#7th", "#7th"],
      ["in #7th", "#7th"],
      ["in #x7", "#x7"],
      ["#lamp", "#lamp"],
      ["the #lamp", "#lamp"],
      ["#lamp on", "#lamp"],
      ["the #lamp on", "#lamp"],
      ["#"],
      ["#!"],
      ["the #"],
      ["the # on"],
      [`the #${"x".repeat(64)}`, `#${"x".repeat(64)}`],
      [`the #${"x".repeat(65)}`],
      [`the #${"x".repeat(64)}!`, `#${"x".repeat(64)}`],
      ["a #twin#lamp", "#twin#lamp"],
      ["##lamp", "##lamp"],
      ["##"],
      ["some #l4m@p5!", "#l4m@p5"],
      ["one #lamp,two", "#lamp,two"],
      ["#lamps, #boats. #nets!", "#lamps", "#boats", "#nets"],
      ["the #night_watch___...", "#night_watch"],
      ["#🏮 and #red🏮light", "#🏮", "#red🏮light"],
      ["#ay #ay #aye #sir", "#ay", "#ay", "#aye", "#sir"],
      ["a key, #️⃣one, is none"],
      ["two ##️⃣one are", "##️⃣one"],
      ["#on\ne line", "#on"],
      ["none: #\u200b"],
      ["none: #\u200bx"],
      ["half: #x\u200by", "#x"],
      ["whole: #xy\u200b", "#xy"],
      ["none: #\u20e2lamp"],
      ["half: #x\u20e2y", "#x"],
      ["wide: ＃lamp", "＃lamp -> #lamp"],
      ["wide: ＃#️⃣lamp", "＃#️⃣lamp -> ##️⃣lamp"],
      ["is it #7?"],
    ],
  ],
  [
    "cashtags",
    [
      ["$LAMP", "$LAMP -> #$LAMP"],
      ["$lamp", "$lamp -> #$LAMP"],
      ["$L", "$L -> #$L"],
      ["$l", "$l -> #$L"],
      ["$LMP $NET", "$LMP -> #$LMP", "$NET -> #$NET"],
      ["$250"],
      ["$BOATS", "$BOATS -> #$BOATS"],
      ["$HARBOUR"],
      ["buy $LAMP now", "$LAMP -> #$LAMP"],
      ["($LAMP)", "$LAMP -> #$LAMP"],
      ["$LAMP.", "$LAMP -> #$LAMP"],
      ["$LAMP, $NET!", "$LAMP -> #$LAMP", "$NET -> #$NET"],
      ["a$LAMP"],
      ["$"],
      ["$ LAMP"],
      ["$250LMP"],
      ["$LMP25", "$LMP25 -> #$LMP25"],
      ["$LMP250"],
    ],
  ],
])("Of %s", (_kind, cases) => {
  it.each(cases)("finds what Bluesky's own client would find in %j", async (text, ...found) => {
    expect(shown(text, await sent(text))).toEqual(found);
  });
});

it("finds the facets that Bluesky's own client finds, for any text", async () => {
  const agent = new AtpAgent({ service: pds.url });
  const word = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.constantFrom(...["#", "＃", "@", "$", "https://", "("].flatMap((sign) => [sign, `${sign}lamp`, `${sign}e.org`])),
    fc.constantFrom(known, "e.org/a_(b).", "👨‍👩‍👧", "日本。", "\u0301", "\u200b", "\n"),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 15 }), fc.constantFrom("", " "), async (words, between) => {
      const text = words.join(between);
      const rich = new RichText({ text });
      await rich.detectFacets(agent);
      // For a handle of nobody it leaves a mention of nobody, which no server takes; ours is plain text.
      const theirs = ((rich.facets ?? []) as unknown as Facet[]).filter(({ features }) => features[0]?.did !== "");
      expect(shown(text, await sent(text))).toEqual(shown(text, theirs));
    }),
    { numRuns: 150 },
  );
});

it("makes the permalink one link, with any character at its end", async () => {
  const urls = ["https://example.org/a_(b)/c).", "https://example.org/ö/日本語!", "https://example.org/?a=b&c=d,"];
  for (const url of urls) expect(shown(`Read: ${url}`, await sent(`Read: ${url}`, url))).toEqual([url]);
});

it("finds facets in order, inside the text and without overlap, for any text", async () => {
  const word = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.constantFrom("#tag", known, "https://e.org/(x)", "(e.org)", "👨‍👩‍👧", "日本", "\u0301", "\n"),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 15 }), async (words) => {
      const text = `${words.join(" ")} ${envelope.rendition.url}`;
      let end = 0;
      for (const { index } of await sent(text)) {
        expect(index.byteStart).toBeGreaterThanOrEqual(end);
        expect(index.byteEnd).toBeGreaterThan(index.byteStart);
        end = index.byteEnd;
        const part = Buffer.from(text).subarray(index.byteStart, index.byteEnd);
        expect(Buffer.from(part.toString()).equals(part)).toBe(true);
      }
      expect(end).toBe(Buffer.byteLength(text));
    }),
    { numRuns: 60 },
  );
});

it("measures texts like Bluesky's own client", () => {
  for (const text of ["Hello", house, `${house}🔥 well!✅`, "e\u0301", "日本語"])
    expect(bluesky.measure?.(text), text).toBe(new RichText({ text }).graphemeLength);
});
