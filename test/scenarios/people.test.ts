/** An operator lets people and programs work with the site, on the command line, beside a running server. */

import { expect, it } from "vitest";
import { mailSite, openTestSite, post, serve } from "../support/cli.ts";
import { openSink } from "../support/sink.ts";

it("creates a token that works at once beside a running server, until it is revoked", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url), { "content/posts/hello.md": post("Hello") });
  const serving = await serve(site);
  const get = (token: string, path = "/campaigns", method = "GET") =>
    fetch(`${serving.url}/api/v1${path}`, { method, headers: { authorization: `Bearer ${token}` } });

  const made = await site.run("tokens", "create", "ci", "--scopes", "author", "--expires", "90d");
  expect([made.status, made.stdout]).toEqual([0, expect.stringMatching(/^postrider_[\da-f]{48}\n$/)]);
  expect(made.stderr).toMatch(/^Created the token "ci" for read, check\. It ends on \d{4}-\d\d-\d\d\. Store it now/);
  const token = made.stdout.trim();
  expect((await get(token)).status).toBe(200);
  const refused = await get(token, "/posts/hello.md/publications", "POST");
  expect([refused.status, await refused.json()]).toEqual([
    403,
    {
      ...{ type: "/api/v1/problems#forbidden", status: 403, code: "forbidden" },
      title: 'This needs the permission "publish", which you do not have',
      detail: "Ask an admin for a role that has it (publisher, operator, admin), or for a token with this scope.",
    },
  ]);
  const listed = await site.run("tokens", "list");
  expect(listed.stdout).toMatch(/ci +valid +read, check +\d{4}-\d\d-\d\d +\d{4}-\d\d-\d\d \d\d:\d\d UTC/);
  expect(listed.stdout).not.toContain(token);

  expect((await site.run("tokens", "revoke", "ci")).stdout).toBe('Revoked the token "ci".\n');
  expect((await get(token)).status).toBe(401);
  serving.child.kill("SIGTERM");
  expect((await serving.finished).status).toBe(0);
});

it("prints a sign-in address alone on a line, and lists people with role and limits", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url));
  const unknown = await site.run("console", "link", "--as", "ada");
  expect([unknown.status, unknown.stdout]).toEqual([1, ""]);
  expect(unknown.stderr).toContain('There is no person "ada"');
  const link = await site.run("console", "link", "--as", "ada", "--role", "admin");
  expect(link.stdout).toMatch(/^https?:\/\/\S+\/console\/sign-in\?link=[\da-f]{48}\n$/);
  expect(link.stderr).toContain("Added ada with the role admin.");
  await site.run("people", "add", "ben", "--role", "operator", "--channels", "newsletter", "--lists", "everyone");
  expect((await site.run("people", "list")).stdout).toMatch(/ben +operator +channel newsletter; list everyone/);
  expect((await site.run("people", "role", "ben", "author")).stdout).toBe(
    "ben now has the role author. It was operator.\n",
  );
  expect((await site.run("people", "limits", "ben", "--lists", "all")).stdout).toBe(
    "ben is now limited to channel newsletter.\n",
  );
  expect((await site.run("people", "limits", "ben", "--channels", "all")).stdout).toBe(
    "ben is not limited any more.\n",
  );
  expect((await site.run("people", "limits", "ben", "--channels", "newslettr")).stderr).toContain(
    'did you mean "newsletter"?',
  );
  expect((await site.run("people", "limits", "ben")).status).toBe(2);
  const wrong = await site.run("people", "role", "ben", "owner");
  expect([wrong.status, wrong.stdout]).toEqual([2, ""]);
  expect((await site.run("people", "remove", "bn")).stderr).toContain('There is no person "bn"; did you mean "ben"?');
  expect((await site.run("people", "remove", "ben")).status).toBe(0);
  for (const [expires, why] of [
    ["soon", "expected a duration such as 90d"],
    ["2020-01-01T00:00:00Z", "The end of the token is in the past"],
  ] as const) {
    const late = await site.run("tokens", "create", "x", "--scopes", "read", "--expires", expires);
    expect([late.stdout, late.stderr]).toEqual(["", expect.stringContaining(why)]);
  }
});
