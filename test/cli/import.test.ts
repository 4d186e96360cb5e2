/** People out of other services' files: read whatever their dialect, left out with their line, taken in once. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type ImportSettings, importSubscribers, type Rejected } from "../../src/cli/import.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

async function take(test: TestApp, file: string, settings: Partial<ImportSettings> = {}) {
  const rejected: Rejected[] = [];
  const result = await importSubscribers(
    file,
    { list: "everyone", ...settings },
    { open: test.app.openImport, reject: (row) => rejected.push(row), progress() {} },
  );
  return { ...result, rejected };
}

describeOnEveryBackend("An import", (open) => {
  it("finds encoding and separator, and tells of each row that it leaves out", async () => {
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
        { line: 5, reason: "the address of an earlier line" },
      ],
    });
    expect(await test.app.subscribers.find("zoe@example.org")).toMatchObject({ name: "Zoë" });
    expect(await test.app.subscribers.find("ab@example.org")).toMatchObject({ name: "A; B\\t" });
    expect(await take(test, file)).toMatchObject({ added: 0, known: 2, duplicates: 1 });
  });

  it("keeps the time zone and what else is asked for, and never undoes what was known", async () => {
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

  it("gives the hash that everything else gives, so that who was forgotten stays forgotten", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    await test.app.subscribers.forget("ada@example.org");
    const file = join(backend.dataDir, "people.csv");
    writeFileSync(file, "email\nada@example.org\n");
    await take(test, file);
    expect((await test.app.subscribers.find("ada@example.org"))?.suppressions).toMatchObject([{ reason: "forgotten" }]);
  });

  it("brings nobody back who left, and takes over who left elsewhere", async () => {
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

  it("goes on where it was interrupted, and finds a line twice even when shares lie between", {
    timeout: 60_000,
  }, async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const file = join(backend.dataDir, "people.csv");
    const lines = Array.from({ length: 60_000 }, (_, n) => `r${n}@example.org`);
    writeFileSync(file, `email\n${lines.join("\n")}\nr0@example.org\n`);
    let shares = 0;
    const interrupted = importSubscribers(
      file,
      { list: "everyone" },
      {
        open: async (options) => {
          const run = await test.app.openImport(options);
          const write: typeof run.write = async (...share) => {
            if (shares++ > 0) throw new Error("pulled the plug");
            return run.write(...share);
          };
          return { ...run, write };
        },
        reject() {},
        progress() {},
      },
    );
    await expect(interrupted).rejects.toThrow("plug");
    expect(await take(test, file)).toMatchObject({ added: 40_000, duplicates: 1, resumedAfter: 20_000 });
  });
});
