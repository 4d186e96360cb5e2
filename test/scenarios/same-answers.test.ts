/** What an operator asks is answered with the same document on the command line and over HTTP. */

import { expect, it } from "vitest";
import { mailSite, openTestSite, post, readersCsv, serve } from "../support/cli.ts";
import { openSink } from "../support/sink.ts";

const token = "a-l0ng-t0ken";
const hello = "content/posts/hello.md";

/** Without the rate of a mailing, which falls as time passes. */
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

  const asked: [string[], string, string, unknown?][] = [
    [["plan", hello], "POST", "/posts/hello.md/publications", { dryRun: true }],
    [["publish", hello, "--dry-run"], "POST", "/posts/hello.md/publications", { dryRun: true }],
    [["publish", hello], "POST", "/posts/hello.md/publications"],
    [
      ["plan", "content/posts/next.md", "--channels", "feed", "--at", "2030-01-01T00:00:00Z"],
      "POST",
      "/posts/next.md/publications",
      { dryRun: true, channels: ["feed"], at: "2030-01-01T00:00:00Z" },
    ],
    [
      ["republish", hello, "--mode", "update", "--dry-run"],
      "POST",
      "/posts/hello.md/republications",
      { mode: "update", dryRun: true },
    ],
    [["withdraw", hello, "--dry-run"], "PUT", "/posts/hello.md/withdrawal", { dryRun: true }],
    [["campaigns", "list"], "GET", "/campaigns"],
    [["campaigns", "show", id], "GET", `/campaigns/${id}`],
    [["audit", id], "GET", `/campaigns/${id}/audit`],
    [["jobs", "list"], "GET", "/jobs"],
    [["jobs", "run", "digest", "--dry-run"], "POST", "/jobs/digest/runs", { dryRun: true }],
    [["jobs", "run", "mend", "--post", hello, "--dry-run"], "POST", "/jobs/mend/runs", { post: hello, dryRun: true }],
    [["jobs", "editions", "digest"], "GET", "/jobs/digest/editions"],
    [["jobs", "show", "digest/1"], "GET", "/jobs/digest/editions/1"],
  ];
  for (const [args, method, path, body] of asked) {
    const there = await ask(method, path, body);
    expect(there, args.join(" ")).not.toHaveProperty("code");
    expect(lasting((await site.run(...args, "--json")).json()), args.join(" ")).toEqual(lasting(there));
  }

  // What is done by one is seen by the other.
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
