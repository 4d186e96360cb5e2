/** People out of other services' files: read whatever their dialect, left out with their line, taken in once. */

import { execFileSync } from "node:child_process";
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { ImportRow } from "#core/readers/import.ts";
import { type ImportSettings, importFile, type Rejected } from "#import/import-file.ts";
import { seenPosts } from "#store/jobs/seen-posts.ts";
import { addReaders, aPost, openTestApp, silent, type TestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

/** A post's file of a certain age. */
function fileOf(dir: string, name: string, changedAt: string): void {
  const file = join(dir, "content/posts", name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "A post.\n");
  utimesSync(file, new Date(changedAt), new Date(changedAt));
}

async function take(test: TestApp, file: string, settings: Partial<ImportSettings> = {}, dryRun = false) {
  const rejected: Rejected[] = [];
  const result = await importFile(
    file,
    { list: "everyone", ...settings },
    { open: test.app.desk.openImport, reject: (row) => rejected.push(row), progress() {}, now: () => new Date() },
    dryRun,
  );
  return { ...result, rejected };
}

const options = { list: "everyone", source: "test" };

describeOnEveryBackend("An import", (open) => {
  it("detects encoding and separator, and reports each skipped row", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const file = join(backend.dataDir, "people.csv");
    writeFileSync(
      file,
      Buffer.from(
        'Name;E-Mail\r\nZo\xeb;zoe@example.org\r\nNobody;nowhere\r\n"A; B\\t";ab@example.org\r\nTwice;ZOE@example.org\r\n',
        "latin1",
      ),
    );
    expect(await take(test, file)).toMatchObject({
      added: 2,
      known: 0,
      duplicates: 1,
      rejectedRows: 1,
      rejected: [
        { line: 3, reason: "no @" },
        { line: 5, reason: "the same address as in an earlier row" },
      ],
    });
    expect(await test.app.subscribers.find("zoe@example.org")).toMatchObject({ name: "Zoë" });
    expect(await test.app.subscribers.find("ab@example.org")).toMatchObject({ name: "A; B\\t" });
    expect(await take(test, file)).toMatchObject({ added: 0, known: 2, duplicates: 1 });
  });

  it("imports the time zone and the requested columns, and never replaces existing values", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const file = join(backend.dataDir, "people.csv");
    writeFileSync(file, "email,City,Time zone,Plan\na@example.org,Oslo,Europe/Oslo,gold\nb@example.org,,,\n");
    await take(test, file, { attributes: "city, plan" });
    const attributes = async () => {
      const sql = "select attributes from postrider.subscriber order by address";
      return (await test.app.database.pool.query<{ attributes: unknown }>(sql)).rows.map((row) => row.attributes);
    };
    expect(await attributes()).toEqual([{ city: "Oslo", timezone: "Europe/Oslo", plan: "gold" }, {}]);
    writeFileSync(file, "email,City,Time zone\na@example.org,Bergen,\nb@example.org,Rome,Europe/Rome\n");
    await take(test, file, { attributes: "city" });
    expect(await attributes()).toEqual([
      { city: "Oslo", timezone: "Europe/Oslo", plan: "gold" },
      { city: "Rome", timezone: "Europe/Rome" },
    ]);
    await expect(take(test, file, { attributes: "shoe size" })).rejects.toThrow('No column is called "shoe size"');
  });

  it("leaves out forgotten people in any line, and stores nothing about them", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { subscribers, database } = test.app;
    const file = join(backend.dataDir, "people.csv");
    writeFileSync(
      file,
      "email,name,status\nada@example.org,Ada Lovelace,\nbo@example.org,Bo,\nADA@example.org,Ada,bounced\n",
    );
    await take(test, file);
    await subscribers.forget("ada@example.org");
    for (const dryRun of [true, false]) {
      const result = await take(test, file, { consent: "form of 2024" }, dryRun);
      expect(result).toMatchObject({ ...{ added: 0, forgotten: 1, known: 1, duplicates: 1, skipped: 1 } });
      expect(result.rejected).toEqual([
        { line: 4, reason: "the same address as in an earlier row" },
        { line: 2, reason: "was forgotten here, so not imported" },
      ]);
    }
    expect(await subscribers.add([{ address: "Ada@example.org", name: "Ada" }], options)).toEqual({
      ...{ added: 0, known: 0, forgotten: 1 },
    });
    const person = await subscribers.find("ada@example.org");
    expect(person).toMatchObject({ address: "", lists: [], suppressions: [{ reason: "forgotten" }] });
    expect(await Array.fromAsync(subscribers.export())).toMatchObject([{ address: "bo@example.org" }]);
    for (const table of ["subscriber", "subscription", "consent", "suppression", "event", "letter"]) {
      const { rows } = await database.pool.query<{ row: string }>(`select t::text as row from postrider.${table} t`);
      expect(rows.filter(({ row }) => /ada@example|Lovelace/i.test(row))).toEqual([]);
    }
  });

  it("does not add somebody who is forgotten during the import", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { subscribers, openImport } = test.app.desk;
    const person = {
      name: "",
      state: "confirmed",
      proof: "",
      language: "",
      frequency: "each",
      attributes: {},
    } as const;
    const people = Array.from({ length: 300 }, (_, n) => `reader${n}@example.org`);
    for (let times = 0; times < 5; times++) {
      const run = await openImport({ list: "everyone", source: "file", digest: `${times}` });
      const write = run.prepare(
        people.map((address, line) => ({ ...person, line, address })),
        people.length,
      );
      const gone = people[times] ?? "";
      await Promise.all([write(), subscribers.forget(gone)]);
      expect(await subscribers.find(gone)).toMatchObject({ address: "", lists: [] });
    }
  });

  it("counts in a dry run exactly what the import then does, for any files and any existing subscribers", {
    timeout: 300_000,
  }, async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { subscribers, suppressions } = test.app.desk;
    const number = fc.integer({ min: 0, max: 11 });
    const row = fc.tuple(
      number,
      fc.constantFrom("", "", "active", "pending", "unsubscribed", "bounced", "complained", "x"),
    );
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ file: fc.array(row, { maxLength: 14 }), list: fc.constantFrom("everyone", "weekly") }),
      },
      { weight: 1, arbitrary: fc.record({ forget: number }) },
      { weight: 1, arbitrary: fc.record({ leave: number }) },
      { weight: 1, arbitrary: fc.record({ suppress: number }) },
    );
    const of = (n: number): string => `r${n}@example.org`;
    let files = 0;
    const words = ["confirmed", "unconfirmed", "unsubscribed", "suppressed", "forgotten", "known", "skipped"] as const;
    const result = await fc.check(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 7 }), async (steps) => {
        await test.app.database.pool.query("delete from postrider.subscriber; delete from postrider.suppression");
        for (const one of steps)
          if ("forget" in one) await subscribers.forget(of(one.forget));
          else if ("leave" in one) await subscribers.unsubscribe(of(one.leave));
          else if ("suppress" in one) await suppressions.add(of(one.suppress), { reason: "test", actor: "test" });
          else {
            const file = join(backend.dataDir, `people${files++}.csv`);
            const lines = one.file.map(([n, state], index) => `${index % 7 === 6 ? "broken" : of(n)},${state}`);
            writeFileSync(file, ["email,status", ...lines, ""].join("\n"));
            const settings = { list: one.list, consent: `${files}` };
            const before = await Array.fromAsync(subscribers.export());
            const dry = await take(test, file, settings, true);
            expect(await Array.fromAsync(subscribers.export())).toEqual(before);
            const real = await take(test, file, settings);
            expect(dry).toEqual(real);
            // Every row is counted, once.
            expect(words.reduce((sum, word) => sum + real[word], 0)).toBe(lines.length);
            const after = (await Array.fromAsync(subscribers.list({ list: one.list }))).map(({ address }) => address);
            const had = before.filter(({ list }) => list === one.list).length;
            expect(after.length - had).toBe(real.added + real.unsubscribed + real.suppressed);
          }
        return true;
      }),
      { numRuns: 60 },
    );
    expect(result.failed, JSON.stringify(result.counterexample) + result.errorInstance).toBe(false);
  });

  it("records the unsubscriptions that it causes as proof", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const file = join(backend.dataDir, "people.csv");
    await test.app.subscribers.add([{ address: "a@example.org" }, { address: "b@example.org" }], options);
    writeFileSync(file, "email,status\na@example.org,unsubscribed\nb@example.org,\nc@example.org,unsubscribed\n");
    for (const known of [2, 3])
      expect(await take(test, file)).toMatchObject({ added: 0, unsubscribed: 3 - known, known, ended: 3 - known });
    const { rows } = await test.app.database.pool.query(
      "select s.address, c.action, c.form from postrider.consent c join postrider.subscriber s on s.id = c.subscriber_id",
    );
    expect(rows).toEqual([{ address: "a@example.org", action: "left", form: "import" }]);
  });

  it("never subscribes somebody again who unsubscribed, and imports unsubscriptions from elsewhere", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const file = join(backend.dataDir, "people.csv");
    await test.app.subscribers.add([{ address: "a@example.org" }, { address: "b@example.org" }], {
      list: "everyone",
      source: "x",
    });
    await test.app.subscribers.unsubscribe("a@example.org");
    writeFileSync(file, "email,status\na@example.org,enabled\nb@example.org,blocklisted\nc@example.org,unconfirmed\n");
    await take(test, file, { preset: "listmonk", consent: "form of 2024" });
    const states = await Array.fromAsync(test.app.subscribers.export());
    expect(states.map(({ state, source }) => [state, source])).toEqual([
      ["unsubscribed", "x"],
      ["unsubscribed", "x"],
      ["unconfirmed", "form of 2024"],
    ]);
    // Blocked there is more than left there.
    expect((await test.app.subscribers.find("b@example.org"))?.suppressions).toMatchObject([
      { reason: "manual", evidence: "form of 2024" },
    ]);
  });

  it("records an unsubscription from any line, in any order", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const file = join(backend.dataDir, "people.csv");
    writeFileSync(
      file,
      "email,status\na@example.org,enabled\nA@example.org,unsubscribed\nb@example.org,unsubscribed\nb@example.org,enabled\nc@example.org,enabled\nc@example.org,bounced\n",
    );
    expect(await take(test, file)).toMatchObject({ added: 0, unsubscribed: 2, suppressed: 1, duplicates: 3 });
    const states = await Array.fromAsync(test.app.subscribers.export());
    expect(states.map(({ address, state }) => [address, state])).toEqual([
      ["a@example.org", "unsubscribed"],
      ["b@example.org", "unsubscribed"],
      ["c@example.org", "confirmed"],
    ]);
    expect((await test.app.subscribers.find("c@example.org"))?.suppressions).toMatchObject([{ reason: "hard-bounce" }]);
  });

  it("treats people who sign up while it runs as known", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const run = await test.app.desk.openImport({ list: "everyone", source: "file", digest: "x" });
    const row = (line: number, address: string) => ({
      ...{ line, address, name: "", state: "confirmed", proof: "", language: "", frequency: "each", attributes: {} },
    });
    const rows = [row(2, "a@example.org"), row(3, "b@example.org")] as const;
    const write = run.prepare(rows as unknown as ImportRow[], 2);
    await test.app.subscribers.add([{ address: "b@example.org" }], { list: "everyone", source: "form" });
    expect(await write()).toMatchObject({ counts: { confirmed: 1, known: 1 }, duplicates: [], forgotten: [] });
    expect(await test.app.subscribers.find("b@example.org")).toMatchObject({ lists: [{ source: "form" }] });
  });

  it("ends, even if many people subscribe and unsubscribe during the import", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const people = Array.from({ length: 400 }, (_, index) => ({ address: `reader${index}@example.org` }));
    let over = false;
    const comeAndGo = async (): Promise<void> => {
      while (!over) {
        await test.app.subscribers.add(people, { list: "weekly", source: "form" });
        await test.app.database.pool.query("delete from postrider.subscriber");
      }
    };
    const traffic = [comeAndGo(), comeAndGo()].map((one) => one.catch(() => {}));
    try {
      for (let share = 0; share < 5; share++) {
        const run = await test.app.desk.openImport({ list: "everyone", source: "file", digest: `${share}` });
        const row = { name: "Ada", state: "confirmed", proof: "", language: "", frequency: "each", attributes: {} };
        const rows = people.map((person, line) => ({ ...row, ...person, line })) as ImportRow[];
        const { counts, duplicates } = await run.prepare(rows, rows.length)();
        expect(counts.confirmed + counts.known + duplicates.length).toBe(rows.length);
      }
    } finally {
      over = true;
      await Promise.all(traffic);
    }
  });

  it("detects the encoding even at the end of the file, and UTF-16 with and without its mark", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const rows = (name: string) => `email\tname\r\nlast@example.org\t${name}\r\n`;
    const many = Array.from({ length: 6_000 }, (_, n) => `r${n}@example.org,Plain ${n}\n`).join("");
    for (const [name, bytes, encoding] of [
      ["late.csv", Buffer.from(`email,name\n${many}last@example.org,Zo\xeb\n`, "latin1"), "windows-1252"],
      ["utf8.csv", Buffer.from(`email,name\n${many}last@example.org,Zoë\n`), "utf-8"],
      ["le.csv", Buffer.from(rows("Zoë"), "utf16le"), "utf-16le"],
      ["marked.csv", Buffer.from(`\ufeff${rows("Zoë")}`, "utf16le"), "utf-16le"],
      ["be.csv", Buffer.from(`\ufeff${rows("Zoë")}`, "utf16le").swap16(), "utf-16be"],
    ] as const) {
      const file = join(backend.dataDir, name);
      writeFileSync(file, bytes);
      await test.app.database.pool.query("delete from postrider.subscriber");
      expect(await take(test, file), name).toMatchObject({ encoding, rejectedRows: 0 });
      expect(await test.app.subscribers.find("last@example.org"), name).toMatchObject({ name: "Zoë" });
    }
  });

  it("skips a broken row and continues with the next", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const file = join(backend.dataDir, "people.csv");
    writeFileSync(
      file,
      'email,name\na@example.org,A\nb@example.org,B "the" b\nc@example.org,"C" c\n"d@example.org","D\n\nd"\ne@example.org,"open\nf@example.org,F\n',
    );
    const { added, rejected } = await take(test, file);
    expect(rejected).toEqual([
      { line: 4, reason: "a quotation mark is closed in the middle of a value" },
      { line: 8, reason: "a quotation mark is never closed" },
    ]);
    expect(added).toBe(4);
    expect(await test.app.subscribers.find("b@example.org")).toMatchObject({ name: 'B "the" b' });
    expect(await test.app.subscribers.find("f@example.org")).toMatchObject({ name: "F" });
  });

  it("stores tags, language, attributes and the proof of each person's consent", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const file = join(backend.dataDir, "subscribed.csv");
    writeFileSync(
      file,
      'Email Address,First Name,OPTIN_TIME,CONFIRM_IP,TAGS,Language\na@example.org,Ada,2021-05-01 10:00:00,192.0.2.7,"""press"",""friends""",de\n',
    );
    await take(test, file, { preset: "mailchimp", consent: "the old form" });
    expect(await test.app.subscribers.find("a@example.org")).toMatchObject({
      language: "de",
      attributes: { tags: ["press", "friends"] },
      lists: [{ source: "the old form; optin_time 2021-05-01 10:00:00, confirm_ip 192.0.2.7" }],
    });
    writeFileSync(file, 'email,attributes\na@example.org,"{""city"":""Bern"",""visits"":3,""deep"":{""x"":1}}"\n');
    await take(test, file, { preset: "listmonk" });
    expect((await test.app.subscribers.find("a@example.org"))?.attributes).toEqual({
      ...{ tags: ["press", "friends"], city: "Bern", visits: 3 },
    });
  });

  it("reports attributes that are not valid JSON with their line, and a state that it does not know", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const file = join(backend.dataDir, "people.csv");
    writeFileSync(
      file,
      'email,status,attributes\na@example.org,,"{""city"": Bern}"\nb@example.org,,[]\nc@example.org,paused,7\nd@example.org,left,\ne@example.org,unsubscribed,{\n',
    );
    expect(await take(test, file)).toMatchObject({
      ...{ confirmed: 2, unsubscribed: 1, rejectedRows: 2, unknownStates: { paused: 1, left: 1 } },
      rejected: [
        { line: 2, reason: "attributes: not valid JSON" },
        { line: 4, reason: 'attributes: expected a JSON object such as {"city": "Bern"}' },
      ],
      columns: { address: "email", state: "status", attributes: ["attributes"] },
    });
  });

  it("accepts incomplete characters", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const file = join(backend.dataDir, "people.csv");
    const metadata = '"{""mood"":""\\ud83d"",""city"":""Bern""}"';
    // The proof is cut at its 500th character, which is the first half of a smile.
    const proof = `${"x".repeat(500 - "source ".length - 1)}😀`;
    writeFileSync(file, `email,type,source,metadata\nada@example.org,bounced,${proof},${metadata}\n`);
    expect(await take(test, file, { preset: "buttondown" })).toMatchObject({ suppressed: 1 });
    const ada = await test.app.subscribers.find("ada@example.org");
    expect(ada).toMatchObject({ attributes: { city: "Bern" }, suppressions: [{ reason: "hard-bounce" }] });
    expect(ada?.lists[0]?.source).toMatch(/x\uFFFD$/);
  });

  it("from another service never sends old posts, but sends new ones", async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter]);
    const file = join(backend.dataDir, "members.csv");
    writeFileSync(file, "email,subscribed_to_emails\nold0@example.org,true\nold1@example.org,true\n");
    const { hadUntil } = await take(test, file, { preset: "ghost" });
    expect(hadUntil?.getTime()).toBeGreaterThan(Date.now() - 60_000);
    await test.app.subscribers.add([{ address: "new@example.org" }], { list: "everyone", source: "test" });
    await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
    const [channel] = test.channels;
    const old = aPost();
    fileOf(backend.dataDir, "hello.md", old.publishedAt);
    expect(channel && (await test.app.ledger.audienceOf(channel, old))).toMatchObject({ pending: 1, suppressed: 2 });
    expect(channel && (await test.app.ledger.plannedAudience(channel, old))).toMatchObject({
      recipients: 1,
      excluded: { "had it elsewhere": 2 },
    });
    await test.publish(old);
    const { channels } = await test.settled();
    expect(channels["probe"]).toMatchObject({
      counts: { accepted: 1, suppressed: 2 },
      failures: [{ state: "suppressed", code: "had-it", count: 2 }],
    });
    expect([...probe.accepted.keys()]).toEqual(["new@example.org"]);
    const later = new Date().toISOString();
    await test.publish(aPost({ id: "later.md", url: "https://example.org/later/", publishedAt: later }));
    await test.settled("later.md");
    expect(probe.accepted.get("old0@example.org")).toBe(1);
    await expect(take(test, file, { receivedUntil: "yesterday" })).rejects.toThrow('"yesterday" is not a date');
  });

  it("leaves out readers of another service only for a post that is proved to be older than their import", async () => {
    await using backend = await open();
    const warnings: string[] = [];
    const log = { ...silent, warn: (sentence: string) => warnings.push(sentence) };
    await using test = await openTestApp(backend, [openProbe().adapter], {}, {}, { log });
    const [channel] = test.channels;
    if (!channel) throw new Error("there is no channel");
    const midnight = new Date().setUTCHours(0, 0, 0, 0);
    const [today, yesterday] = [new Date(midnight).toISOString(), new Date(midnight - 86_400_000).toISOString()];
    const old = "2026-01-05T09:00:00.000Z";
    const named = (name: string, publishedAt: string) =>
      aPost({ id: name, path: `content/posts/${name}`, url: `https://example.org/${name}/`, publishedAt });
    for (const [name, changedAt] of Object.entries({
      "old.md": old,
      "yesterday.md": old,
      "today.md": old,
      "seen.md": old,
      "published.md": old,
      "committed.md": new Date().toISOString(),
    }))
      fileOf(backend.dataDir, name, changedAt);
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args], { cwd: backend.dataDir });
    git("init", "-q");
    git("add", "content/posts/committed.md");
    git("commit", "-qm", "First", "--date", "2026-02-01T10:00:00Z");
    await test.app.database.transaction((tx) => seenPosts.begin(tx, [named("seen.md", today)]));
    await test.publish(named("published.md", today));

    const file = join(backend.dataDir, "members.csv");
    writeFileSync(file, "email,subscribed_to_emails\na@example.org,true\nb@example.org,true\n");
    await take(test, file, { preset: "ghost", consent: "our newsletter at Ghost" });
    fileOf(backend.dataDir, "backdated.md", new Date().toISOString());
    for (const [name, publishedAt, why, since] of [
      ["old.md", old, "dated", old],
      ["yesterday.md", yesterday, "dated", old],
      ["committed.md", old, "dated", "2026-02-01T10:00:00.000Z"],
      ["seen.md", today, "seen", expect.any(String)],
      ["published.md", today, "published", expect.any(String)],
      ["today.md", today, null, null],
      ["backdated.md", old, null, null],
      ["lost.md", old, null, null],
    ] as const) {
      const { recipients, hadElsewhere } = await test.app.ledger.plannedAudience(channel, named(name, publishedAt));
      const mark = {
        readers: 2,
        source: "our newsletter at Ghost",
        importedAt: expect.any(String),
        postDate: publishedAt,
      };
      expect({ name, recipients, hadElsewhere }).toEqual(
        why ? { name, recipients: 0, hadElsewhere: [{ ...mark, why, since }] } : { name, recipients: 2 },
      );
    }

    // What is planned is what is done, and it is said.
    const goneTo = async (name: string) => {
      await test.publish(named(name, old));
      const { rows } = await test.app.database.pool.query<{ state: string }>(
        "select state from postrider.delivery where post_id = $1",
        [name],
      );
      return rows.map(({ state }) => state);
    };
    expect(await goneTo("backdated.md")).toEqual(["pending", "pending"]);
    expect(warnings).toEqual([]);
    expect(await goneTo("old.md")).toEqual(["suppressed", "suppressed"]);
    expect(warnings).toEqual([
      expect.stringContaining("2 readers already received it from another service: they were imported on "),
    ]);
    expect(warnings[0]).toContain("postrider republish content/posts/old.md --channels probe --mode repost");

    // A time that the operator gives holds to the minute, also one that is still to come.
    const later = Date.now() + 3_600_000;
    await take(test, file, { receivedUntil: new Date(later).toISOString() });
    const recipients = async (time: number) => {
      const post = named("lost.md", new Date(time).toISOString());
      return (await test.app.ledger.plannedAudience(channel, post)).recipients;
    };
    expect([await recipients(later - 60_000), await recipients(later + 60_000)]).toEqual([0, 2]);
  });

  it("records who already received a single post", async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 3);
    const had = ["READER1@example.org", "stranger@example.org"];
    expect(await test.app.desk.suppressions.received("hello.md", had, "delivers.csv")).toBe(2);
    expect(await test.app.desk.suppressions.received("hello.md", had, "delivers.csv")).toBe(0);
    await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
    await test.publish();
    await test.settled();
    expect([...probe.accepted.keys()].sort()).toEqual(["reader0@example.org", "reader2@example.org"]);
  });

  it.each([
    [
      "mailchimp",
      "cleaned_segment.csv",
      "Email Address,First Name,Last Name\na@example.org,Ada,L\n",
      "confirmed",
      "hard-bounce",
    ],
    [
      "mailchimp",
      "unsubscribed_segment.csv",
      "Email Address,First Name,Last Name\na@example.org,Ada,L\n",
      "unsubscribed",
      undefined,
    ],
    [
      "substack",
      "email_list.csv",
      "email,active_subscription,email_disabled\na@example.org,false,true\n",
      "unsubscribed",
      undefined,
    ],
    [
      "ghost",
      "members.csv",
      "id,email,name,subscribed_to_emails\n1,a@example.org,Ada,false\n",
      "unsubscribed",
      undefined,
    ],
    ["buttondown", "subscribers.csv", "email,type\na@example.org,complained\n", "unsubscribed", "complaint"],
    ["substack", "dashboard.csv", "Email,Name,Email disabled\na@example.org,Ada,TRUE\n", "unsubscribed", undefined],
    [
      "mailchimp",
      "members.csv",
      "Address,Email Address,Unsub Time\n1 Lighthouse Road,a@example.org,2025-01-01\n",
      "unsubscribed",
      undefined,
    ],
    ["mailchimp", "members.csv", "EMAIL-ADDRESS,CLEAN-TIME\na@example.org,2025-01-01\n", "confirmed", "hard-bounce"],
    ["ghost", "members.csv", "Email,Subscribed to emails\na@example.org,No\n", "unsubscribed", undefined],
    [
      "buttondown",
      "subscribers.csv",
      "Email address,Type,Subscriber type\na@example.org,x,unactivated\n",
      "unconfirmed",
      undefined,
    ],
    [
      "listmonk",
      "subscribers.csv",
      "E-mail,Subscription Status\na@example.org,unsubscribed\n",
      "unsubscribed",
      undefined,
    ],
    ["plain", "people.csv", "E_Mail,State,Status\na@example.org,NY,unsubscribed\n", "unsubscribed", undefined],
  ])("reads what %s wrote (%s)", async (preset, name, text, state, reason) => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const file = join(backend.dataDir, name);
    writeFileSync(file, text);
    await take(test, file, { preset });
    const person = await test.app.subscribers.find("a@example.org");
    expect(person?.lists).toMatchObject([{ state }]);
    expect(person?.suppressions.map((suppression) => suppression.reason)).toEqual(reason ? [reason] : []);
  });

  it("continues where it was interrupted, and finds a duplicate even in another part of the file", {
    timeout: 120_000,
  }, async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const file = join(backend.dataDir, "people.csv");
    const lines = Array.from({ length: 60_000 }, (_, n) => `r${n}@example.org`);
    writeFileSync(file, `email\n${lines.join("\n")}\nr0@example.org\n`);
    let shares = 0;
    const interrupted = importFile(
      file,
      { list: "everyone" },
      {
        open: async (options) => {
          const run = await test.app.desk.openImport(options);
          const prepare: typeof run.prepare = (...share) => {
            const write = run.prepare(...share);
            return async () => {
              if (shares++ > 0) throw new Error("pulled the plug");
              return write();
            };
          };
          return { ...run, prepare };
        },
        reject() {},
        progress() {},
        now: () => new Date(),
      },
    );
    await expect(interrupted).rejects.toThrow("plug");
    expect(await take(test, file)).toMatchObject({ added: 40_000, duplicates: 1, resumedAfter: 20_000 });
  });
});
