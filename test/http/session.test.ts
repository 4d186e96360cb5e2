/** The guard of the console: only people with a session come through, and only with forms of our own. */

import { Hono } from "hono";
import { beforeAll, describe, expect, it } from "vitest";
import { PostriderError } from "#core/errors.ts";
import { permissions } from "#core/people/permission.ts";
import { type Actor, perform } from "#desk/act.ts";
import { removePerson } from "#desk/people/people.ts";
import { createSignInLink } from "#desk/people/sign-in.ts";
import { csrfTokenOf, requireSession, signIn, signOut } from "#http/console/session.ts";
import { actorOf } from "#http/operator/caller.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

const operator: Actor = { name: "cli", door: "command line", permissions, isLocal: true };
let test: TestApp;
let app: Hono;
let done: string[];

beforeAll(async () => {
  const stack = new AsyncDisposableStack();
  const backend = stack.use(await openBackend({}));
  test = stack.use(await openTestApp(backend, [openProbe().adapter]));
  app = consoleOf(true);
  return () => stack.disposeAsync();
});

/** A page that shows who asks, and a form that does something. */
function consoleOf(isSecure: boolean): Hono {
  const ports = { desk: test.app.desk, isSecure };
  done = [];
  const pages = new Hono();
  pages.post("/console/sign-in", async (context) => {
    const { link } = await context.req.parseBody();
    return context.text((await signIn(context, String(link), ports)).name);
  });
  pages.use("/console/*", requireSession(ports));
  pages.get("/console/me", (context) => context.json({ actor: actorOf(context), csrf: csrfTokenOf(context) }));
  pages.post("/console/act", async (context) => {
    done.push(String((await context.req.parseBody())["what"] ?? "script"));
    return context.text("done");
  });
  pages.post("/console/sign-out", async (context) => {
    await signOut(context, ports);
    return context.text("out");
  });
  pages.onError((error, context) =>
    error instanceof PostriderError ? context.text(error.message, 401) : context.text("broken", 500),
  );
  return pages;
}

const signInUrl = "http://news.example.org/console/sign-in";

/** Signs in; returns the header line of the cookie. */
async function signedIn(name: string, pages = app): Promise<string> {
  const known = await test.app.desk.people.find(name);
  const wanted = { person: name, ...(!known && { role: "publisher" as const }) };
  const { url } = await perform(createSignInLink, wanted, operator, test.app.desk);
  const link = new URL(url).searchParams.get("link") ?? "";
  const answer = await pages.request(signInUrl, { method: "POST", body: new URLSearchParams({ link }) });
  expect([answer.status, await answer.text()]).toEqual([200, name]);
  const again = await pages.request("/console/sign-in", { method: "POST", body: new URLSearchParams({ link }) });
  expect(again.status).toBe(401);
  expect(again.headers.get("set-cookie")).toBeNull();
  return answer.headers.get("set-cookie") ?? "";
}

const cookieOf = (line: string): { cookie: string } => ({ cookie: line.split(";")[0] ?? "" });

async function csrfOf(cookie: { cookie: string }): Promise<string> {
  const answer = await app.request("/console/me", { headers: cookie });
  return ((await answer.json()) as { csrf: string }).csrf;
}

describe("The guard of the console", () => {
  it("sends who has no session to the sign-in page, and lets their forms do nothing", async () => {
    for (const headers of [{}, { cookie: "postrider_session=" }, { cookie: `postrider_session=${"0".repeat(48)}` }]) {
      const page = await app.request("/console/me", { headers });
      expect([page.status, page.headers.get("location")]).toEqual([303, "/console/sign-in"]);
      for (const method of ["POST", "PUT", "DELETE"])
        expect((await app.request("/console/act", { method, headers })).status).toBe(401);
    }
    expect(done).toEqual([]);
  });

  it("sets a cookie that no script and no other site can use, and over TLS only where there is TLS", async () => {
    const line = await signedIn("ada");
    expect(line).toMatch(/^postrider_session=[\da-f]{48}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(await signedIn("ada", consoleOf(false))).not.toContain("Secure");
  });

  it("knows the person, with the permissions of their role", async () => {
    const answer = await app.request("/console/me", { headers: cookieOf(await signedIn("ada")) });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.json()).toMatchObject({
      actor: { name: "console:ada", permissions: ["read", "check", "publish", "approve"], isLocal: false },
    });
  });

  it("refuses a form without the session's own CSRF token with 403, and changes nothing", async () => {
    app = consoleOf(true);
    const mine = cookieOf(await signedIn("ada"));
    const others = await csrfOf(cookieOf(await signedIn("ben")));
    const csrf = await csrfOf(mine);
    expect(csrf).not.toBe(others);
    const post = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
      app.request("/console/act", {
        ...{ method: "POST", headers: { ...mine, ...headers }, body: new URLSearchParams({ what: "it", ...fields }) },
      });
    for (const fields of [{}, { csrf: "" }, { csrf: others }, { csrf: `${csrf}0` }])
      expect((await post(fields)).status).toBe(403);
    expect((await post({ csrf }, { "x-csrf-token": others })).status).toBe(403);
    expect(done).toEqual([]);
    expect((await post({ csrf })).status).toBe(200);
    expect((await post({}, { "x-csrf-token": csrf })).status).toBe(200);
    expect(done).toEqual(["it", "it"]);
  });

  it("lets nobody through after they signed out, or were removed", async () => {
    const mine = cookieOf(await signedIn("ada"));
    const other = cookieOf(await signedIn("ada"));
    const headers = { ...mine, "x-csrf-token": await csrfOf(mine) };
    const out = await app.request("/console/sign-out", { method: "POST", headers });
    expect(out.headers.get("set-cookie")).toMatch(/^postrider_session=; Max-Age=0; Path=\/$/);
    const status = async (cookie: { cookie: string }) => (await app.request("/console/me", { headers: cookie })).status;
    expect([await status(mine), await status(other)]).toEqual([303, 200]);
    await perform(removePerson, { person: "ada" }, operator, test.app.desk);
    expect(await status(other)).toBe(303);
  });
});
