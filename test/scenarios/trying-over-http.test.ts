/** Programs ask a server what is wrong with a post, and what would be sent. */

import { join } from "node:path";
import { expect, it } from "vitest";
import { mailSite, openTestSite, post, serve } from "../support/cli.ts";

const token = "a-l0ng-t0ken";

it("answers as the command line does, and with no file that is not a post of the site", async () => {
  const more = "  feed: { adapter: rss, out: public }\n  social: { adapter: outbox, dir: outbox }\n";
  const site = openTestSite(
    mailSite("smtp://127.0.0.1:1", more),
    {
      "content/posts/hello.md": post("Hello"),
      "content/posts/broken.md": "---\ntitle: [\n---\n\nText\n",
      "content/posts/attack.md": post("Attack").replace("The end.", "<script>alert(1)</script> The end."),
      "secret.md": post("Secret"),
    },
    { POSTRIDER_API_TOKEN: token },
  );
  const serving = await serve(site);
  const get = (path: string) =>
    fetch(`${serving.url}/api/v1/posts/${path}`, { headers: { authorization: `Bearer ${token}` } });
  const json = async (path: string) => (await get(path)).json();

  const checked = await site.run("check", "content/posts/hello.md", "--json");
  expect(await json("hello.md/check")).toEqual(checked.json());
  expect(await json("broken.md/check")).toMatchObject({
    posts: [{ path: "content/posts/broken.md", status: "held", diagnostics: [{ severity: "error", line: 2 }] }],
  });

  const out = join(site.dir, "shown");
  const previewed = await site.run("preview", "content/posts/hello.md", "--out", out, "--json");
  const { files, leftOut, diagnostics } = await json("hello.md/preview");
  expect(
    previewed
      .json<{ files: string[] }>()
      .files.map((file) => file.split("/").at(-1))
      .sort(),
  ).toEqual(files.sort());
  expect([leftOut, diagnostics]).toEqual([{}, []]);
  for (const file of [
    "email.html",
    "email-dark.html",
    "email.txt",
    "email.eml",
    "feed.xml",
    "social.json",
    "report.html",
  ]) {
    const answer = await get(`hello.md/preview/${file}`);
    expect([file, answer.status, answer.headers.get("content-security-policy")]).toEqual([
      ...[file, 200, expect.stringMatching(/^sandbox; default-src 'none'/)],
    ]);
    expect(await answer.text(), file).toContain("Hello");
  }
  expect(await (await get("attack.md/preview/email.html")).text()).not.toContain("alert(1)</script>");

  const none = await get("hello.md/preview/none.html");
  expect([none.status, none.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
  expect(await none.json()).toMatchObject({
    title: "There is no such preview",
    detail: expect.stringContaining("email.html"),
  });
  for (const name of [
    "none.md",
    "..%2Fsecret.md",
    "..%2F..%2Fsecret.md",
    encodeURIComponent(join(site.dir, "secret.md")),
  ])
    for (const what of ["check", "preview", "preview/email.html"])
      expect([name, what, (await get(`${name}/${what}`)).status]).toEqual([name, what, 404]);
  expect((await get("hello.md/check?links=true")).status).toBe(400);
  expect((await fetch(`${serving.url}/api/v1/posts/hello.md/check`)).status).toBe(401);
  serving.child.kill("SIGTERM");
  await serving.finished;
});
