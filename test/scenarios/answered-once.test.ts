/** The server is killed while it carries out a request: the same request again finishes it, and nothing is done twice. */

import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import { openBackend } from "../support/backends.ts";
import { mailSite, openTestSite, post, readersCsv, serve } from "../support/cli.ts";
import { randomFrom } from "../support/random.ts";
import { openSink } from "../support/sink.ts";

const server = inject("postgresUrl");
const kills = Number(process.env["KILLS"] ?? 6);
const token = "a-l0ng-t0ken";

describe.skipIf(!server)("A request whose server is killed", () => {
  it("and that is sent again with its key is done once", { timeout: 120_000 + kills * 20_000 }, async () => {
    await using backend = await openBackend({ postgres: server });
    await using sink = await openSink();
    const site = openTestSite(
      mailSite(sink.url),
      { "content/posts/hello.md": post("Hello"), "readers.csv": readersCsv(2) },
      { DATABASE_URL: backend.databaseUrl ?? "", POSTRIDER_API_TOKEN: token },
    );
    await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
    await site.run("publish", "content/posts/hello.md");
    const random = randomFrom(Number(process.env["SEED"] ?? 1));
    const client = new pg.Client(backend.databaseUrl);
    await client.connect();
    const made = async (reason: string): Promise<number> =>
      (await client.query("select 1 from postrider.publication where reason = $1", [reason])).rowCount ?? 0;
    const outcomes = { before: 0, between: 0 };
    let serving = await serve(site);
    for (let round = 0; round < kills; round++) {
      const reason = `round-${round}`;
      const ask = (url: string): Promise<Response> =>
        fetch(`${url}/api/v1/posts/hello.md/republications`, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "idempotency-key": reason },
          body: JSON.stringify({ mode: "repost", reason }),
        });
      const asked = ask(serving.url).catch(() => null);
      // Some are killed as soon as the effect is committed, the others at any moment.
      const until = Date.now() + (random() < 0.5 ? 60_000 : random() * 60);
      while (Date.now() < until && (await made(reason)) === 0);
      serving.child.kill("SIGKILL");
      await Promise.all([asked, serving.finished]);
      outcomes[(await made(reason)) === 0 ? "before" : "between"]++;
      serving = await serve(site);
      let answer = await ask(serving.url);
      while (answer.status === 409) answer = await ask(serving.url);
      expect(answer.status, reason).toBe(202);
      expect(await made(reason), reason).toBe(1);
    }
    serving.child.kill("SIGTERM");
    await serving.finished;
    await client.end();
    expect(outcomes.between, JSON.stringify(outcomes)).toBeGreaterThan(0);
    if (kills > 20) console.log(JSON.stringify(outcomes));
  });
});
