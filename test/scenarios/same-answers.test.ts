/** The command line and HTTP answer the same request with the same document, which matches its schema. */

import { expect, it } from "vitest";
import type { ZodType } from "zod";
import { auditCampaign, listCampaigns, showCampaign } from "#desk/campaigns/read.ts";
import { buildFeeds } from "#desk/feeds/build.ts";
import { withdrawItem } from "#desk/feeds/withdraw.ts";
import { listEditions, listJobs, showEdition } from "#desk/jobs/read.ts";
import { planJob, runJob } from "#desk/jobs/run.ts";
import { setTimers } from "#desk/jobs/set-timers.ts";
import { addPerson, listPeople, removePerson, setRole } from "#desk/people/people.ts";
import { createSignInLink, endSessions } from "#desk/people/sign-in.ts";
import { createToken, listTokens, revokeToken } from "#desk/people/tokens.ts";
import { checkPosts } from "#desk/posts/check.ts";
import { publishPosts } from "#desk/posts/publish.ts";
import { republishPost } from "#desk/posts/republish.ts";
import { sendTest } from "#desk/posts/send-test.ts";
import { status } from "#desk/posts/status.ts";
import { withdrawPost } from "#desk/posts/withdraw.ts";
import { addReader, bringReaderBack } from "#desk/readers/add.ts";
import { describeReader } from "#desk/readers/describe.ts";
import { forgetReader } from "#desk/readers/forget.ts";
import { importReaders, recordReceived } from "#desk/readers/import.ts";
import { countReaders, exportReaders, exportSuppressions, listReaders, showReader } from "#desk/readers/read.ts";
import { removeReader } from "#desk/readers/remove.ts";
import { retainData } from "#desk/readers/retain.ts";
import { countSegment } from "#desk/readers/segment.ts";
import { suppressAddress, unsuppressAddress } from "#desk/readers/suppress.ts";
import { armDatabase } from "#desk/site/arm.ts";
import { mailSite, openTestSite, post, readersCsv, serve } from "../support/cli.ts";
import { openSink } from "../support/sink.ts";

const token = "a-l0ng-t0ken";
const hello = "content/posts/hello.md";

/** Without the rate of a mailing, which changes with time. */
function lasting(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document, (key, value) => (key === "perSecond" ? undefined : value)));
}

it("answers the command line and the API with the same documents", async () => {
  await using sink = await openSink();
  const site = openTestSite(
    mailSite(sink.url, "  feed: { adapter: rss, out: public }\n"),
    {
      [hello]: post("Hello"),
      "content/posts/next.md": post("Next"),
      "jobs/digest.yaml": "kind: campaign\nchannels: [newsletter]\nposts: { since: 3650d }\n",
      "jobs/mend.yaml": "kind: republish\nmode: update\nask: [post]\n",
      "readers.csv": readersCsv(2),
    },
    { POSTRIDER_API_TOKEN: token },
  );
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  await site.run("publish", hello);
  await site.run("jobs", "run", "digest");
  await site.run("people", "add", "ada", "--role", "publisher", "--lists", "everyone");
  await site.run("tokens", "create", "ci", "--scopes", "author", "--expires", "90d");
  expect(sink.accepted.size).toBe(2);

  const serving = await serve(site);
  const { url } = serving;
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return response.json();
  };
  const { campaigns } = (await ask("GET", "/campaigns")) as { campaigns: { id: string }[] };
  const id = campaigns[0]?.id ?? "";

  const asked: [{ answers: ZodType }, string[], string, string, unknown?][] = [
    [publishPosts, ["plan", hello], "POST", "/posts/hello.md/publications", { dryRun: true }],
    [publishPosts, ["publish", hello, "--dry-run"], "POST", "/posts/hello.md/publications", { dryRun: true }],
    [publishPosts, ["publish", hello], "POST", "/posts/hello.md/publications"],
    [
      publishPosts,
      ["plan", "content/posts/next.md", "--channels", "feed", "--at", "2030-01-01T00:00:00Z"],
      "POST",
      "/posts/next.md/publications",
      { dryRun: true, channels: ["feed"], at: "2030-01-01T00:00:00Z" },
    ],
    [
      republishPost,
      ["republish", hello, "--mode", "update", "--dry-run"],
      "POST",
      "/posts/hello.md/republications",
      { mode: "update", dryRun: true },
    ],
    [withdrawPost, ["withdraw", hello, "--dry-run"], "PUT", "/posts/hello.md/withdrawal", { dryRun: true }],
    [showCampaign, ["campaigns", "show", id], "GET", `/campaigns/${id}`],
    [auditCampaign, ["audit", id], "GET", `/campaigns/${id}/audit`],
    [planJob, ["jobs", "run", "digest", "--dry-run"], "POST", "/jobs/digest/runs", { dryRun: true }],
    [
      planJob,
      ["jobs", "run", "mend", "--post", hello, "--dry-run"],
      "POST",
      "/jobs/mend/runs",
      { post: hello, dryRun: true },
    ],
    [showEdition, ["jobs", "show", "digest/1"], "GET", "/jobs/digest/editions/1"],
    [listPeople, ["people", "list"], "GET", "/people"],
    [listTokens, ["tokens", "list"], "GET", "/tokens"],
  ];
  for (const [{ answers }, args, method, path, body] of asked) {
    const there = await ask(method, path, body);
    expect(answers.safeParse(there).error, args.join(" ")).toBeUndefined();
    expect(there, args.join(" ")).not.toHaveProperty("code");
    expect(lasting((await site.run(...args, "--json")).json()), args.join(" ")).toEqual(lasting(there));
  }

  // Over HTTP these have pages, and their first page also everything that the command line prints.
  for (const [{ answers }, args, path] of [
    [listCampaigns, ["campaigns", "list"], "/campaigns"],
    [listJobs, ["jobs", "list"], "/jobs"],
    [listEditions, ["jobs", "editions", "digest"], "/jobs/digest/editions"],
  ] as const) {
    const { items, next, ...there } = (await ask("GET", path)) as { items: object[]; next: null };
    expect(answers.safeParse(there).error, path).toBeUndefined();
    expect(lasting((await site.run(...args, "--json")).json()), path).toEqual(lasting(there));
    expect([Object.values(there)[0], next]).toEqual([items, null]);
  }

  // Changes over one edge are visible over the other.
  await ask("PUT", "/posts/hello.md/withdrawal", { reason: "wrong numbers" });
  expect((await site.run("status", hello, "--json")).json()).toEqual({
    publications: ((await ask("GET", "/posts")) as { posts: { post: string }[] }).posts.filter(
      (report) => report.post === "hello.md",
    ),
  });
  expect((await site.run("status", hello)).stdout).toContain("newsletter: withdrawn at");

  serving.child.kill("SIGTERM");
  expect((await serving.finished).status).toBe(0);
});

it("prints documents that match the schema of each act", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url, "  feed: { adapter: rss, out: public }\n"), {
    [hello]: post("Hello"),
    "jobs/new-posts.yaml": "kind: publish\nchannels: [newsletter]\n",
    "jobs/tidy.yaml": "kind: maintenance\ntasks: [prune]\nschedule: every day at 03:00\n",
    "readers.csv": readersCsv(3),
  });
  const reader = "reader1@example.org";
  const printed: [{ answers: ZodType }, ...string[]][] = [
    [importReaders, "subscribers", "import", "readers.csv", "--list", "everyone", "--dry-run"],
    [importReaders, "subscribers", "import", "readers.csv", "--list", "everyone"],
    [addReader, "subscribers", "add", "ada@example.org", "--list", "everyone"],
    [describeReader, "subscribers", "describe", reader, '{"city": "Bern"}'],
    [countSegment, "subscribers", "segment", 'city = "Bern"', "--list", "everyone"],
    [countReaders, "subscribers", "count"],
    [showReader, "subscribers", "show", reader],
    [removeReader, "subscribers", "remove", reader],
    [bringReaderBack, "subscribers", "add", reader, "--list", "everyone", "--resubscribe", "--consent", "by phone"],
    [suppressAddress, "subscribers", "suppress", reader, "--reason", "asked to"],
    [unsuppressAddress, "subscribers", "unsuppress", reader, "--reason", "asked to"],
    [retainData, "subscribers", "retain", "--dry-run"],
    [forgetReader, "subscribers", "forget", "ada@example.org", "--yes"],
    [checkPosts, "check"],
    [publishPosts, "publish", hello],
    [status, "status"],
    [republishPost, "republish", hello, "--mode", "update"],
    [buildFeeds, "feed", "build"],
    [withdrawItem, "feed", "withdraw", hello],
    [runJob, "jobs", "run", "new-posts"],
    [setTimers, "jobs", "alarms"],
    [recordReceived, "subscribers", "received", "readers.csv", hello],
    [sendTest, "send-test", hello, "--to", "me@example.org"],
    [armDatabase, "arm"],
    [withdrawPost, "withdraw", hello, "--yes"],
    [addPerson, "people", "add", "ada", "--role", "publisher", "--email", "ada@example.org"],
    [setRole, "people", "role", "ada", "viewer"],
    [createSignInLink, "console", "link", "--as", "ada"],
    [endSessions, "people", "sign-out", "ada"],
    [removePerson, "people", "remove", "ada"],
    [createToken, "tokens", "create", "ci", "--scopes", "read,check", "--channels", "newsletter"],
    [revokeToken, "tokens", "revoke", "ci"],
  ];
  for (const [{ answers }, ...args] of printed) {
    const { error } = answers.safeParse((await site.run(...args, "--json")).json());
    expect(error, args.join(" ")).toBeUndefined();
  }
  for (const [row, key, ...args] of [
    [listReaders, "subscribers", "list"],
    [exportReaders, "subscribers", "export"],
    [exportSuppressions, "suppressions", "suppressions"],
  ] as const) {
    const rows = ((await site.run("subscribers", ...args, "--json")).json() as Record<string, unknown[]>)[key] ?? [];
    expect(rows.length, args.join(" ")).toBeGreaterThan(0);
    for (const each of rows) expect(row.answers.safeParse(each).error, args.join(" ")).toBeUndefined();
  }
});
