/** Requests with conditions, how many requests a token may send, and what an error leads to. */

import { readFileSync } from "node:fs";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { errorCodes } from "#core/errors.ts";
import { allowRequests } from "../../src/http/operator/allowance.ts";
import { problem, problemKinds } from "../../src/http/operator/problems.ts";
import { openTestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

async function openSite() {
  await using stack = new AsyncDisposableStack();
  const backend = stack.use(await openBackend({}));
  const test = stack.use(await openTestApp(backend, [openProbe().adapter], {}, { apiToken: "a-l0ng-t0ken" }));
  const server = stack.use(await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 }));
  const closing = stack.move();
  return {
    url: server.url,
    async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const response = await fetch(`${server.url}/api/v1${path}`, {
        method,
        headers: { authorization: "Bearer a-l0ng-t0ken", ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

describe("A request with If-Match", () => {
  it("is only carried out if the resource is what the caller has seen", async () => {
    await using site = await openSite();
    await site.ask("POST", "/people", { name: "ada", role: "viewer" });
    const seen = (await site.ask("GET", "/people/ada")).headers.get("etag") ?? "";
    expect(seen).toMatch(/^"\w+"$/);
    const setRole = (role: string, tag: string) => site.ask("PUT", "/people/ada/role", { role }, { "if-match": tag });
    expect(await setRole("author", `"other", ${seen}`)).toMatchObject({ status: 200, body: { was: "viewer" } });
    const late = await setRole("admin", seen);
    expect(late).toMatchObject({
      status: 412,
      body: { code: "outdated", detail: "Read it again: GET /api/v1/people/ada." },
    });
    const shown = await site.ask("GET", "/people/ada");
    expect(shown.body).toMatchObject({ role: "author" });
    expect(late.body.etag).toBe(shown.headers.get("etag"));
    // A proxy has compressed the answer, and changed the tag.
    expect((await setRole("viewer", `W/${late.body.etag.replace(/"$/, '-gzip"')}`)).status).toBe(200);
    expect((await setRole("author", "*")).status).toBe(200);
    expect((await site.ask("DELETE", "/people/bob", undefined, { "if-match": "*" })).status).toBe(404);
  });

  it("is carried out once, if several have seen the same", async () => {
    await using site = await openSite();
    await site.ask("POST", "/people", { name: "ada", role: "viewer" });
    const tag = (await site.ask("GET", "/people/ada")).headers.get("etag") ?? "";
    const answers = await Promise.all(
      ["author", "publisher", "operator", "admin"].map((role) =>
        site.ask("PUT", "/people/ada/role", { role }, { "if-match": tag }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    const done = answers.find(({ status }) => status === 200);
    expect((await site.ask("GET", "/people/ada")).body.role).toBe(done?.body.role);
  });

  it("is refused where it has no meaning, and does not open what the caller may not read", async () => {
    await using site = await openSite();
    expect(await site.ask("POST", "/people", { name: "ada" }, { "if-match": "*" })).toMatchObject({
      status: 400,
      body: { code: "invalid", title: expect.stringContaining("If-Match") },
    });
    expect((await site.ask("GET", "/people")).body.items).toEqual([]);
    const { body } = await site.ask("POST", "/tokens", { name: "bot", scopes: ["readers"] });
    const refused = await site.ask(
      "PUT",
      "/campaigns/1b4e28ba-2fa1-41d2-883f-0016d3cca427/pause",
      {},
      {
        "if-match": "*",
        authorization: `Bearer ${body.token}`,
      },
    );
    expect(refused).toMatchObject({ status: 403, body: { code: "forbidden" } });
  });
});

describe("The allowance of a token", () => {
  it("is told with each answer, comes back evenly, and is of this token only", async () => {
    const app = new Hono();
    let now = 1_000;
    const callerOf = (context: { req: { header(name: string): string | undefined } }) =>
      context.req.header("caller") ?? "";
    app.use(
      "*",
      allowRequests(60, callerOf, () => now, problem),
    );
    app.get("/", (context) => context.text("here"));
    const ask = (caller: string) => app.request("/", { headers: { caller } });
    const first = await ask("one");
    expect(first.headers.get("ratelimit-policy")).toBe('"requests";q=60;w=60');
    expect(first.headers.get("ratelimit")).toBe('"requests";r=59;t=1');
    for (let each = 0; each < 59; each++) expect((await ask("one")).status).toBe(200);
    const over = await ask("one");
    expect([over.status, over.headers.get("retry-after"), over.headers.get("ratelimit")]).toEqual([
      ...[429, "1", '"requests";r=0;t=60'],
    ]);
    expect(await over.json()).toMatchObject({ code: "too_many_requests", type: "/api/v1/problems#too_many_requests" });
    expect((await ask("other")).status).toBe(200);
    now += 1_000;
    expect((await ask("one")).status).toBe(200);
    expect((await ask("one")).status).toBe(429);
    now += 3_600_000;
    expect((await ask("one")).headers.get("ratelimit")).toBe('"requests";r=59;t=1');
  });

  it("stands in answers of the API", async () => {
    await using site = await openSite();
    expect((await site.ask("GET", "/people")).headers.get("ratelimit")).toMatch(/^"requests";r=5\d{3};t=1$/);
  });
});

it("The type of an error leads to a page that explains it, as the guide does", async () => {
  await using site = await openSite();
  const { body } = await site.ask("GET", "/nothing");
  const page = await fetch(new URL(body.type, site.url));
  const text = await page.text();
  expect(page.headers.get("content-type")).toContain("text/html");
  const guide = readFileSync(new URL("../../docs/guides/api.md", import.meta.url), "utf8");
  for (const code of errorCodes) {
    expect(text, code).toContain(`<h2 id="${code}">`);
    expect(guide, code).toMatch(new RegExp(`\\| ${problemKinds[code].status}[ ,\\d]* +\\| \`${code}\` `));
  }
});
