/** Segments: what they select, and that nothing an operator or a reader writes becomes part of a statement. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSegment } from "#core/readers/segment.ts";
import { segmentWarnings } from "#desk/readers/segment.ts";
import { segmentCondition } from "#store/audience/segments.ts";
import { addReaders, aPost, openTestApp, type TestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

async function members({ app }: TestApp, expression: string): Promise<string> {
  const { sql, values } = segmentCondition(expression, 1);
  const { rows } = await app.database.pool.query<{ address: string }>(
    `select s.address from postrider.subscriber s join postrider.subscription b on b.subscriber_id = s.id
     where ${sql} order by s.id`,
    values,
  );
  return rows.map(({ address }) => address.split("@")[0]?.replace("reader", "")).join("");
}

async function described(): Promise<AsyncDisposable & { test: TestApp }> {
  await using opening = new AsyncDisposableStack();
  const backend = opening.use(await openBackend({}));
  const test = opening.use(await openTestApp(backend, [openProbe().adapter]));
  await addReaders(test, 4);
  const people = [
    { city: "Bern", visits: 12, tags: ["press", "vip"], member: true, renewed: "2026-03-01" },
    { city: "Genève", visits: "3", tags: ["press"], member: false, renewed: "2025-12-31T10:00:00Z" },
    { city: `O'Brien"; drop table postrider.subscriber; --`, visits: "many", renewed: "2026-99-99" },
  ];
  for (const [index, attributes] of people.entries())
    await test.app.subscribers.describe(`reader${index}@example.org`, attributes);
  const opened = opening.move();
  return { test, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

describe("A segment", () => {
  it("selects by attributes, tags, dates and built-in fields", async () => {
    await using opened = await described();
    const { test } = opened;
    await test.app.database.pool.query(
      "update postrider.subscription set since = now() - interval '40 days' where subscriber_id = 1",
    );
    for (const [reader, days] of [-10, -40, 10].entries()) {
      const seen = new Date(Date.now() + days * 86_400_000).toISOString();
      await test.app.subscribers.describe(`reader${reader}@example.org`, { seen });
    }
    const expected: Record<string, string> = {
      'city = "bern"': "0",
      "city = 'Genève' or visits > 10": "01",
      "visits >= 3 and visits < 12": "1",
      'tags has "press"': "01",
      'tags has "press" and not tags has "vip"': "1",
      'city has "rie"': "2",
      "member = true": "0",
      "not (member = true)": "123",
      'city != "Bern"': "123",
      "city exists": "012",
      "not city exists": "3",
      "renewed >= 2026-01-01 and renewed < 2026-12-31": "0",
      "joined within 30 days": "123",
      "joined more than 30 days ago": "0",
      "joined more than 4 weeks ago or joined WITHIN 1 month": "0123",
      "created within 1 day": "0123",
      "opened within 90 days": "",
      "not opened within 90 days": "0123",
      "seen within 30 days": "0",
      "seen more than 30 days ago": "1",
      'domain = "example.org" and (city = "Bern" or not city exists)': "03",
      "opened exists": "",
      [`city = "O'Brien\\"; drop table postrider.subscriber; --"`]: "2",
    };
    for (const [expression, wanted] of Object.entries(expected))
      expect(await members(test, expression), expression).toBe(wanted);
  });

  it("reports the position of an error", () => {
    const wrong: Record<string, string> = {
      "city =": "expected a text in quotes, a number, a date, true or false, found the end, at character 7",
      'city ~ "x"': '"~" is not allowed here, at character 6',
      'city = "x" tags': 'expected "and", "or" or the end, found "tags", at character 12',
      '(city = "x"': 'expected ")", found the end, at character 12',
      "joined > 5":
        'joined needs a date such as 2026-01-31. Or write "joined within 30 days" or "joined more than 30 days ago", at character 10',
      'city = "Bern" and joined > 30 days ago':
        '"joined > 30 days ago" has two meanings. Write "joined within 30 days" or "joined more than 30 days ago", at character 26',
      "renewed <= 2 weeks ago": 'Write "renewed within 2 weeks" or "renewed more than 2 weeks ago", at character 9',
      "joined within 30": "expected days, weeks, months or years, found the end, at character 17",
      "joined within days": 'expected a number of days, such as 30 days, found "days", at character 15',
      "joined more 30 days ago": 'expected "than", found "30", at character 13',
      "joined more than 30 days": 'expected "ago", found the end, at character 25',
      'city = "x': '""" is not allowed here, at character 8',
    };
    for (const [expression, message] of Object.entries(wrong))
      expect(() => parseSegment(expression), expression).toThrow(message);
  });

  it("keeps its old meaning in stored publications, and is refused in new ones", async () => {
    await using opened = await described();
    const { test } = opened;
    await test.app.database.pool.query(
      "update postrider.subscription set since = now() - interval '40 days' where subscriber_id = 1",
    );
    for (const [stored, wanted] of [
      ["joined > 30 days ago", "123"],
      ["joined <= 4 weeks ago", "0"],
      ["joined != 40 days ago", "123"],
    ] as const) {
      expect(await members(test, stored), stored).toBe(wanted);
      expect(() => parseSegment(stored), stored).toThrow("has two meanings");
    }
  });

  it("warns about an attribute that no reader has, with the nearest name", async () => {
    await using opened = await described();
    const { subscribers } = opened.test.app;
    expect(await segmentWarnings('(City = "Bern" or not tag has "x") and domain exists', subscribers)).toEqual([
      'No reader has the attribute "City"; did you mean "city"?',
      'No reader has the attribute "tag"; did you mean "tags"?',
    ]);
    expect(await segmentWarnings('city = "Bern" and shoe exists', subscribers)).toEqual([
      'No reader has the attribute "shoe"',
    ]);
    expect(await segmentWarnings("visits > 3 and joined within 3 days", subscribers)).toEqual([]);
  });

  it("puts no text of the operator into the statement", () => {
    const words = fc.stringMatching(/^[a-z_][a-z0-9_]{0,12}$/).map((word) => `zq${word}`);
    const text = fc.string({ unit: fc.constantFrom(..."'\"\\;-$1 x/*") });
    const result = fc.check(
      fc.property(words, text, fc.constantFrom("=", "!=", "<", "has"), (name, value, operator) => {
        const quoted = `"${value.replace(/["\\]/g, "\\$&")}"`;
        const { sql, values } = segmentCondition(`${name} ${operator} ${quoted} and not ${name} exists`, 3);
        const same = segmentCondition(`other ${operator} "harmless" and not other exists`, 3);
        return sql === same.sql && values.includes(value) && values.includes(name);
      }),
    );
    expect(result.failed, JSON.stringify(result.counterexample)).toBe(false);
  });

  it("is either refused or runs, for any text", async () => {
    await using opened = await described();
    const { test } = opened;
    const pieces = fc.constantFrom(
      ..."( ) and or not = != < <= > >= has exists city tags joined visits 'x' \"y\" 12 -3.5 2026-01-31 true 30 days ago within more than ; -- ' $1 drop".split(
        " ",
      ),
    );
    const result = await fc.check(
      fc.asyncProperty(fc.array(pieces, { maxLength: 9 }), async (words) => {
        const expression = words.join(" ");
        try {
          parseSegment(expression);
        } catch {
          return true;
        }
        return (await members(test, expression)).length <= 4;
      }),
      { numRuns: 1_000 },
    );
    expect(result.failed, JSON.stringify(result.counterexample)).toBe(false);
    expect(await members(test, 'domain = "example.org"')).toBe("0123");
  });

  it("accepts only flat, small attributes", async () => {
    await using opened = await described();
    const { subscribers } = opened.test.app;
    for (const wrong of [
      [],
      { deep: { er: 1 } },
      { "a b": 1 },
      { list: [1] },
      { text: "x".repeat(1_001) },
      { nul: "\0" },
    ])
      await expect(subscribers.describe("reader0@example.org", wrong as never)).rejects.toThrow(
        "attributes are not valid",
      );
    await expect(subscribers.describe("nobody@example.org", {})).rejects.toThrow("No subscriber");
  });
});

describe("An audience", () => {
  it("is the segment of the list, and the others are counted by reason", async () => {
    await using backend = await openBackend({});
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter], { probe: `segment: 'tags has "press"'` });
    await addReaders(test, 5);
    for (const number of [1, 3])
      await test.app.subscribers.describe(`reader${number}@example.org`, { tags: ["press"] });
    expect(await test.app.ledger.audienceOf(test.channels[0] as never)).toEqual({ pending: 2, suppressed: 0 });
    await test.publish();
    await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
    await test.settled();
    expect([...probe.accepted.keys()].sort()).toEqual(["reader1@example.org", "reader3@example.org"]);
    const [campaign] = await test.app.ledger.campaigns();
    const [audit] = await test.app.ledger.audit(campaign?.id ?? "");
    expect(audit).toMatchObject({ candidates: 5, prepared: 2, problems: [], excluded: { "outside the segment": 3 } });
  });

  it("leaves out readers who want one email a week and already got one", async () => {
    await using backend = await openBackend({});
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 3);
    const { pool } = test.app.database;
    await pool.query("update postrider.subscription set frequency = 'weekly' where subscriber_id = 1");
    await pool.query("update postrider.subscription set frequency = 'monthly' where subscriber_id = 2");
    await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
    const send = async (name: string): Promise<string> => {
      const before = new Map(probe.accepted);
      await test.publish(aPost({ id: `${name}.md`, url: `https://example.org/${name}/` }));
      await test.settled(`${name}.md`);
      return [0, 1, 2]
        .filter(
          (number) => probe.accepted.get(`reader${number}@example.org`) !== before.get(`reader${number}@example.org`),
        )
        .join("");
    };
    expect(await send("first")).toBe("012");
    expect(await send("second")).toBe("2");
    await pool.query("update postrider.publication set released_at = released_at - interval '7 days'");
    expect(await send("third")).toBe("02");
  });
});
