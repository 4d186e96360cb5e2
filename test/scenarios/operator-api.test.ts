/** What a program that asks over HTTP is told: which posts there are, what a plan says, and what can't be resumed. */

import { expect, it } from "vitest";
import type { PublishPlan } from "#core/publishing/plan.ts";
import { mailSite, openTestSite, post, readersCsv, serve } from "../support/cli.ts";
import { openSink } from "../support/sink.ts";

interface Problem {
  title: string;
  detail?: string;
}

it("answers 404 for unknown resources and 409 for conflicts, and names no folder of the server", async () => {
  await using sink = await openSink();
  const token = "a-l0ng-t0ken";
  const site = openTestSite(
    mailSite(sink.url, "  feed: { adapter: rss, out: public }\n"),
    {
      "content/posts/2026/hello.md": post("Hello"),
      "content/posts/broken.md": "---\ntitle: [\n---\n",
      "jobs/mend.yaml": "kind: republish\nmode: update\nask: [post]\n",
      "jobs/wrong.yaml": "kind: publish\nchanels: [feed]\nchannels: [fed]\n",
      "readers.csv": readersCsv(2),
    },
    { POSTRIDER_API_TOKEN: token },
  );
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  const { plan: shown } = (await site.run("plan", "content/posts/2026/hello.md", "--json")).json<{
    plan: PublishPlan;
  }>();
  const serving = await serve(site);
  const { url } = serving;
  const answers: string[] = [];
  const ask = async <T = Problem>(method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    answers.push(text);
    return { status: response.status, body: JSON.parse(text) as T };
  };

  for (const name of ["nothing.md", "2026", "..%2F..%2Fpostrider.yaml", "a%00b.md", "%2Fetc%2Fpasswd"])
    for (const [what, body] of [
      ["publications", {}],
      ["publications", { dryRun: true }],
      ["republications", { mode: "update" }],
    ] as const)
      expect(await ask("POST", `/posts/${name}/${what}`, body), `${name} ${what}`).toMatchObject({ status: 404 });
  expect((await ask("POST", "/posts/broken.md/publications")).status).toBe(400);
  expect((await ask("POST", "/posts/2026%2Fhello.md/publications", { channels: ["fed"] })).status).toBe(400);
  expect((await ask("POST", "/posts/2026%2Fhello.md/republications", { mode: "update" })).status).toBe(404);
  expect((await ask("POST", "/jobs/none/runs")).status).toBe(404);
  expect((await ask("POST", "/jobs/wrong/runs")).status).toBe(400);
  expect((await ask("POST", "/jobs/mend/runs", { post: "content/posts/nothing.md" })).status).toBe(400);
  expect((await ask("GET", "/jobs")).status).toBe(200);

  const { body: planned } = await ask<{ plan: PublishPlan }>("POST", "/posts/2026%2Fhello.md/publications", {
    dryRun: true,
  });
  expect(planned.plan.posts[0]?.path).toBe("content/posts/2026/hello.md");
  // The same plan, whoever asks, and by whichever path.
  const absolute = await site.run("plan", `${site.dir}/content/posts/2026/hello.md`, "--json");
  expect(absolute.stdout).not.toContain(site.dir);
  for (const { hash } of [planned.plan, absolute.json<{ plan: PublishPlan }>().plan]) expect(hash).toBe(shown.hash);

  expect((await ask("DELETE", "/campaigns/ffffffff/pause")).status).toBe(404);
  expect((await ask("POST", "/posts/2026%2Fhello.md/publications", { plan: shown.hash })).status).toBe(202);
  await expect.poll(() => sink.accepted.size, { timeout: 120_000 }).toBe(2);
  const states = async () => {
    const { body } = await ask<{ campaigns: { id: string; state: string }[] }>("GET", "/campaigns");
    return body.campaigns[0];
  };
  await expect.poll(async () => (await states())?.state, { timeout: 120_000 }).toBe("done");
  const id = (await states())?.id ?? "";
  const resumed = await ask("DELETE", `/campaigns/${id}/pause`);
  expect(resumed).toMatchObject({
    status: 409,
    body: { title: "This campaign is finished: there is nothing to resume" },
  });
  expect((await ask("DELETE", `/campaigns/${id}/pause`, { channel: "other" })).status).toBe(404);
  const byHand = await site.run("campaigns", "resume", id);
  expect(byHand).toMatchObject({ status: 1, stdout: "" });
  expect(byHand.stderr).toContain("This campaign is finished: there is nothing to resume");
  expect((await site.run("campaigns", "resume", "ffffffff")).status).toBe(1);
  expect(answers.filter((text) => text.includes(site.dir))).toEqual([]);

  serving.child.kill("SIGTERM");
  expect((await serving.finished).status).toBe(0);
});
