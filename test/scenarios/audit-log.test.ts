/** The audit log: every act has an entry, and what changes the ledger has it in the same transaction. */

import { join } from "node:path";
import { expect, it } from "vitest";
import { type Act, perform } from "#desk/act.ts";
import { decideDelivery } from "#desk/deliveries/decide.ts";
import { retryDelivery } from "#desk/deliveries/retry.ts";
import { enableHook, replayHookMessage } from "#desk/hooks/webhooks.ts";
import { stranger } from "#desk/people/actors.ts";
import { addPasskey, openSessionByPasskey, openSessionByProvider, removePasskey } from "#desk/people/identity.ts";
import { endSession, openSession } from "#desk/people/sign-in.ts";
import { approvePlan, executePlan, makePlan } from "#desk/posts/plans.ts";
import { openAuditBook } from "#store/audit/audit-book.ts";
import { type Database, openDatabase } from "#store/database/database.ts";
import { openIdentities } from "#store/people/identities.ts";
import { openPasskeys } from "#store/people/passkeys.ts";
import { openPeople } from "#store/people/people.ts";
import { openSessions } from "#store/people/sessions.ts";
import { openPostrider } from "../../src/index.ts";
import { actsOfTheDesk } from "../desk/acts.ts";
import { silent } from "../support/app.ts";
import { mailSite, openTestSite, post, readersCsv, type TestSite } from "../support/cli.ts";
import { openSink } from "../support/sink.ts";

interface Entry {
  act: string;
  actor: string;
  door: string;
  about: Record<string, unknown>;
  reason: string | null;
  before: unknown;
  after: unknown;
  result: string | null;
  message: string | null;
}

async function logOf(site: TestSite, ...options: string[]): Promise<Entry[]> {
  return (await site.run("log", "--json", ...options)).json<{ items: Entry[] }>().items;
}

/** Acts whose effect is not in the ledger: a mail, files, timers of the queue, and what is shown to somebody. */
const elsewhere = ["posts.send-test", "feeds.build", "jobs.set-timers", "subscribers.export", "suppressions.export"];
const reviewed = "kind: campaign\nchannels: [newsletter]\nposts: { since: 3650d }\nreview: { to: [ada@example.net] }\n";
/** Their first transaction locks rows, or its rows are written once more by a later transaction of the same act. */
const writtenAgain = ["posts.republish", "feeds.build", "jobs.run", "site.arm"];
const quiet = ["read", "check", "self"];

/** The transactions that wrote the rows of all tables beside the log. */
async function transactionsIn({ pool }: Database): Promise<string[]> {
  const tables = await pool.query<{ statement: string }>(
    `select format('select distinct xmin::text as xid from %I.%I', schemaname, tablename) as statement from pg_tables
     where schemaname in ('postrider', 'bullmq') and tablename <> 'audit_log'`,
  );
  const { rows } = await pool.query<{ xid: string }>(tables.rows.map(({ statement }) => statement).join(" union "));
  return rows.map(({ xid }) => xid);
}

/** What the provider and the authenticator have said is taken as verified: how it is verified has its own tests. */
async function signInByOtherWays(database: Database): Promise<void> {
  const passkeys = openPasskeys(database);
  const ports = {
    ...{ passkeys, people: openPeople(database), identities: openIdentities(database) },
    audit: openAuditBook(database),
  };
  const known = { issuer: "https://id.example.org", subject: "u1", email: null, name: "cleo", role: "author" } as const;
  await perform(openSessionByProvider, known, stranger, ports);
  const key = { passkey: "key", publicKey: new Uint8Array([1]), counter: 0, transports: [] };
  await perform(addPasskey, { person: "ben", ...key }, stranger, ports);
  await perform(openSessionByPasskey, { passkey: "key", counter: 1 }, stranger, ports);
  await perform(removePasskey, { person: "ben", passkey: "key" }, stranger, ports);
}

function isRecorded({ needs, looks }: Act): boolean {
  const needed: readonly string[] = typeof needs === "string" ? [needs] : needs;
  return !looks && !needed.every((each) => quiet.includes(each));
}

it("has an entry of every act, committed together with what the act changes", { timeout: 600_000 }, async () => {
  await using sink = await openSink({ unknown: ["reader2@example.org"] });
  const hello = "content/posts/hello.md";
  const site = openTestSite(mailSite(sink.url, "  feed: { adapter: rss, out: public }\n"), {
    [hello]: post("Hello"),
    "content/posts/later.md": post("Later").replace("---\n", "---\nemail: { subjects: [One way, Another] }\n"),
    "content/posts/two.md": post("Two"),
    "jobs/new-posts.yaml": "kind: publish\nchannels: [newsletter]\n",
    "jobs/reviewed.yaml": reviewed,
    "jobs/declined.yaml": reviewed,
    "readers.csv": readersCsv(3),
  });
  const reader = "reader1@example.org";
  const add = ["subscribers", "add", reader, "--list", "everyone"];
  await site.run("status");
  await using database = await openDatabase({ dataDir: join(site.dir, ".postrider"), connections: 2, log: silent });
  const written = new Set<string>();
  const run = async (...args: string[]): Promise<void> => {
    await site.run(...args);
    for (const xid of await transactionsIn(database)) written.add(xid);
  };
  for (const args of [
    ["subscribers", "import", "readers.csv", "--list", "everyone"],
    ["subscribers", "add", "ada@example.org", "--list", "other", "--create-list"],
    ["subscribers", "describe", reader, '{"city": "Bern"}'],
    ["subscribers", "remove", reader],
    [...add, "--resubscribe", "--consent", "by phone"],
    ["subscribers", "suppress", reader, "--reason", "asked to"],
    ["subscribers", "unsuppress", reader, "--reason", "asked to"],
    ["subscribers", "retain"],
    ["subscribers", "received", "readers.csv", "content/posts/two.md"],
    ["subscribers", "export"],
    ["subscribers", "suppressions"],
    ["subscribers", "forget", "ada@example.org", "--yes"],
    ["lists", "remove", "other", "--yes"],
    ["publish", hello],
    ["republish", hello, "--mode", "retry"],
    ["feed", "build"],
    ["feed", "withdraw", hello],
    ["jobs", "run", "reviewed"],
    ["jobs", "approve", "reviewed/1"],
    ["jobs", "run", "declined"],
    ["jobs", "decline", "declined/1"],
    ["jobs", "alarms"],
    ["publish", "content/posts/later.md", "--at", "2100-01-01T00:00:00Z"],
    ["send-test", hello, "--to", "me@example.org"],
    ["arm"],
    ["publish", "content/posts/two.md"],
    ["withdraw", "content/posts/two.md", "--yes"],
    ["people", "add", "ben"],
    ["people", "role", "ben", "author"],
    ["people", "limits", "ben", "--channels", "newsletter"],
    ["tokens", "create", "ci", "--scopes", "read"],
    ["tokens", "revoke", "ci"],
  ])
    await run(...args);
  const { campaigns } = (await site.run("campaigns", "list", "--json")).json<{
    campaigns: { id: string; state: string }[];
  }>();
  const scheduled = campaigns.find(({ state }) => state === "scheduled")?.id ?? "";
  for (const args of [
    ["pause", scheduled, "--reason", "a wrong link"],
    ["resume", scheduled],
    ["choose", scheduled, "1"],
    ["cancel", scheduled],
  ])
    await run("campaigns", ...args);
  await run("jobs", "run", "new-posts");
  const link = await site.run("console", "link", "--as", "ben");
  const ports = { sessions: openSessions(database), audit: openAuditBook(database) };
  const secret = new URL(link.stdout.trim()).searchParams.get("link") ?? "";
  const { session } = await perform(openSession, { link: secret }, stranger, ports);
  for (const xid of await transactionsIn(database)) written.add(xid);
  await perform(endSession, { session }, stranger, ports);
  await signInByOtherWays(database);
  for (const xid of await transactionsIn(database)) written.add(xid);
  await run("people", "sign-out", "ben");
  await run("people", "remove", "ben");
  await using postrider = await openPostrider({ config: join(site.dir, "postrider.yaml") });
  const refused = await database.pool.query("select id from postrider.delivery where state = 'refused' limit 1");
  site.write("content/posts/planned.md", post("Planned"));
  const planned = await postrider.act(makePlan, { posts: [join(site.dir, "content/posts/planned.md")] });
  await postrider.act(approvePlan, { plan: planned.plan.hash });
  await postrider.act(executePlan, { plan: planned.plan.hash });
  await postrider.act(retryDelivery, { delivery: refused.rows[0].id, reason: "the address works again" });

  const uncertain = await database.pool.query(
    "update postrider.delivery set state = 'uncertain' where id = (select min(id) from postrider.delivery where state = 'accepted') returning id",
  );
  await postrider.act(decideDelivery, {
    delivery: uncertain.rows[0].id,
    verdict: "arrived",
    reason: "the reader has it",
  });

  const told = await database.pool.query(
    `with off as (insert into postrider.hook (url, events, ordered, off_at) values ('https://example.org/hook', '{}', false, now()) returning id)
     insert into postrider.hook_message (hook_id, event, data, state) select id, 'post.withdrawn', '{}', 'given-up' from off
     returning id, hook_id::text as hook`,
  );
  await postrider.act(enableHook, { webhook: told.rows[0].hook });
  await postrider.act(replayHookMessage, { message: told.rows[0].id });

  const { rows } = await database.pool.query<{ act: string; kind: string; xid: string }>(
    "select act, kind, xmin::text as xid from postrider.audit_log order by number",
  );
  const names = [...(await actsOfTheDesk()).values()].filter(isRecorded).map(({ name }) => name);
  // The command line sends a test mail without a database.
  expect(names.filter((name) => !rows.some(({ act }) => act === name))).toEqual(["posts.send-test"]);
  // Each of these changed something at least once; there was no data to erase.
  const withoutEffect = names.filter((name) => !rows.some(({ act, kind }) => act === name && kind === "effect"));
  expect(withoutEffect.filter((name) => !elsewhere.includes(name))).toEqual(["subscribers.retain"]);

  for (const xid of await transactionsIn(database)) written.add(xid);
  const effects = rows.filter(({ kind }) => kind === "effect");
  expect(effects.length).toBeGreaterThan(20);
  const alone = effects.filter(({ xid }) => !written.has(xid)).map(({ act }) => act);
  expect(alone.filter((act) => !writtenAgain.includes(act))).toEqual([]);
});

it("tells who, by what, why and what came of it, and nothing of readers; nobody can change it", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url), {
    "content/posts/hello.md": post("Hello"),
    "readers.csv": readersCsv(2),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  await site.run("publish", "content/posts/hello.md", "--at", "2100-01-01T00:00:00Z");
  const [{ id = "" } = {}] = (await site.run("campaigns", "list", "--json")).json<{ campaigns: { id: string }[] }>()
    .campaigns;
  await site.run("campaigns", "pause", id, "--reason", "a wrong link");
  await site.run("campaigns", "pause", "ffff");
  await site.run("subscribers", "forget", "reader1@example.org", "--yes");
  await site.run("publish", "content/posts/hello.md", "--dry-run");

  const [forgot, refused, paused, published, imported, ...rest] = await logOf(site);
  expect(rest).toEqual([]);
  expect(forgot).toMatchObject({ act: "subscribers.forget", about: {}, result: "done" });
  expect(refused).toMatchObject({ act: "campaigns.pause", result: "refused", message: "There is no campaign ffff" });
  expect(paused).toMatchObject({
    ...{ act: "campaigns.pause", actor: "cli", door: "command line", about: { campaign: id }, reason: "a wrong link" },
    ...{ before: { newsletter: "scheduled" }, after: { newsletter: "paused" }, result: "done" },
  });
  expect(published).toMatchObject({ act: "posts.publish", after: { posts: ["hello.md"] }, result: "done" });
  expect(imported).toMatchObject({ act: "subscribers.import", about: { list: "everyone", file: "readers.csv" } });
  expect(JSON.stringify(await logOf(site))).not.toMatch(/@example\.org/);

  expect((await logOf(site, "--post", "hello.md")).map(({ act }) => act)).toEqual(["posts.publish"]);
  expect(await logOf(site, "--actor", "somebody")).toEqual([]);
  expect(await logOf(site, "--since", "2100-01-01T00:00:00Z")).toEqual([]);
  const { stdout } = await site.run("log", "--since", "1h");
  expect(stdout).toMatch(/campaigns\.pause {2}by command line {2}refused: There is no campaign ffff/);
  expect(stdout).toMatch(/posts\.publish {2}by command line\n {4}at: 2100-\S+ · posts: content\/posts\/hello\.md/);
  expect(stdout).toContain("newsletter: scheduled, then paused");
  expect((await site.run("log", "--since", "yesterday")).stderr).toContain("expected a time with its zone");

  await site.close();
  await using database = await openDatabase({ dataDir: join(site.dir, ".postrider"), connections: 2, log: silent });
  for (const statement of ["update postrider.audit_log set actor = 'x'", "delete from postrider.audit_log"])
    await expect(database.pool.query(statement)).rejects.toThrow("the audit log can only be added to");
  await expect(database.pool.query("truncate postrider.audit_log")).rejects.toThrow("can only be added to");
});
