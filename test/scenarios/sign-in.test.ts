/** Signing in to the console in a real browser: through a real OpenID provider, and with a passkey of a virtual authenticator. */

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import puppeteer, { type Page } from "puppeteer-core";
import { expect, it } from "vitest";
import { readConfiguration } from "#config/site/site.ts";
import { permissions } from "#core/people/permission.ts";
import { type Actor, perform } from "#desk/act.ts";
import { stranger } from "#desk/people/actors.ts";
import { addPerson, listPeople } from "#desk/people/people.ts";
import { createSignInLink, openSession } from "#desk/people/sign-in.ts";
import { readLog } from "#desk/site/audit-log.ts";
import { chromium } from "../gates/browser.ts";
import { openTestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";
import { openOpenIdProvider } from "../support/servers/openid.ts";
import { freePort } from "../support/start-servers.ts";

const ownPage = "/console/sign-in/passkeys";

const admin: Actor = { name: "cli", door: "command line", permissions, isLocal: true };

/** At a fixed address. @param more - a line of `postrider.yaml` */
async function openSite(more: (address: string) => Promise<string> | string = () => "") {
  await using stack = new AsyncDisposableStack();
  const backend = stack.use(await openBackend({}));
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const file = join(backend.dataDir, "own.yaml");
  const yaml = [
    'site: { title: A Blog, url: "https://example.org" }',
    `server: { url: "${address}" }`,
    "channels: { probe: { adapter: probe, list: everyone, from: news@example.org } }",
    await more(address),
  ];
  writeFileSync(file, `${yaml.join("\n")}\n`);
  const config = await readConfiguration(file, { OIDC_SECRET: "a-secret-of-the-client" });
  const test = stack.use(await openTestApp(backend, [openProbe().adapter], {}, {}, { config }));
  const { desk } = test.app;
  stack.use(await test.app.startServer(test.channels, { host: "127.0.0.1", port }));
  const closing = stack.move();
  return {
    desk,
    address,
    people: async () => (await perform(listPeople, {}, admin, desk)).people,
    log: async () => (await perform(readLog, {}, admin, desk)).items,
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

/** A browser in which nobody has signed in yet. */
async function openBrowser(): Promise<AsyncDisposable & { page: Page; newPage(): Promise<Page> }> {
  const browser = await puppeteer.launch({
    executablePath: chromium,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const newPage = async () => (await browser.createBrowserContext()).newPage();
  return { page: await newPage(), newPage, [Symbol.asyncDispose]: () => browser.close() };
}

const heading = (page: Page) => page.$eval("h1", (each) => each.textContent);

async function press(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
}

/** At the provider, as this subject. Returns where it led. */
async function signInAs(page: Page, address: string, subject: string): Promise<string> {
  await page.goto(`${address}/console/sign-in/oidc`);
  if (await page.$("input[name=login]")) {
    await page.type("input[name=login]", subject);
    await page.type("input[name=password]", "any");
    await press(page, "button[type=submit]");
  }
  if (new URL(page.url()).pathname.startsWith("/interaction/")) await press(page, "button[type=submit]");
  return page.url().replace(address, "").replace(/\?.*/, "");
}

it.skipIf(!existsSync(chromium))(
  "lets somebody in with the role of their groups at a real OpenID provider, each time anew",
  async () => {
    await using stack = new AsyncDisposableStack();
    const roles = "roles: { writers: author, desk: operator }";
    let provider: Awaited<ReturnType<typeof openOpenIdProvider>> | undefined;
    const at = stack.use(
      await openSite(async (address) => {
        provider = await openOpenIdProvider(`${address}/console/sign-in/oidc/callback`);
        return `console: { oidc: { issuer: "${provider.issuer}", clientId: postrider, clientSecret: "\${OIDC_SECRET}", ${roles} } }\n`;
      }),
    );
    if (!provider) throw new Error("there is no provider");
    stack.use(provider);
    const { accounts } = provider;
    const browser = stack.use(await openBrowser());
    accounts.set("u1", { preferred_username: "ada", groups: ["writers", "desk", "others"] });
    expect(await signInAs(browser.page, at.address, "u1")).toBe("/console");
    await browser.page.goto(at.address + ownPage);
    expect(await heading(browser.page)).toBe("Your passkeys");
    expect(await at.people()).toMatchObject([{ name: "ada", role: "operator", email: null }]);

    // Her groups have changed: the next sign-in gives the new role, and ends the sessions of the old one.
    accounts.set("u1", { preferred_username: "ada", groups: ["writers"] });
    const other = await browser.newPage();
    expect(await signInAs(other, at.address, "u1")).toBe("/console");
    expect(await at.people()).toMatchObject([{ name: "ada", role: "author" }]);
    await browser.page.goto(at.address + ownPage);
    expect(browser.page.url()).toBe(`${at.address}/console/sign-in`);

    // Somebody else with the same name is somebody else.
    accounts.set("u2", { preferred_username: "ada", groups: ["desk"] });
    await signInAs(await browser.newPage(), at.address, "u2");
    // Known by a verified address, not by one that anybody could have typed; the groups give no role.
    await perform(addPerson, { person: "ben", role: "admin", email: "ben@example.org" }, admin, at.desk);
    accounts.set("u3", { email: "BEN@example.org", email_verified: true });
    expect(await signInAs(await browser.newPage(), at.address, "u3")).toBe("/console");
    accounts.set("u4", { email: "ben@example.org", email_verified: false });
    const stranger = await browser.newPage();
    expect(await signInAs(stranger, at.address, "u4")).toBe("/console/sign-in/oidc/callback");
    expect(await heading(stranger)).toBe("You are signed in there, but have no role here");
    expect((await at.people()).map(({ name, role }) => [name, role])).toEqual([
      ...[
        ["ada", "author"],
        ["ada 2", "operator"],
        ["ben", "admin"],
      ],
    ]);
    const log = await at.log();
    expect(log.filter(({ act }) => act === "sessions.open-by-provider").map(({ result }) => result)).toEqual(
      expect.arrayContaining(["done"]),
    );
    expect(JSON.stringify(log)).not.toMatch(/ben@example\.org/i);
  },
);

it.skipIf(!existsSync(chromium))("refuses an answer that this browser did not ask for, or that was used", async () => {
  await using stack = new AsyncDisposableStack();
  let provider: Awaited<ReturnType<typeof openOpenIdProvider>> | undefined;
  const at = stack.use(
    await openSite(async (address) => {
      provider = await openOpenIdProvider(`${address}/console/sign-in/oidc/callback`);
      return `console: { oidc: { issuer: "${provider.issuer}", clientId: postrider, clientSecret: "\${OIDC_SECRET}", roles: { desk: operator } } }\n`;
    }),
  );
  if (!provider) throw new Error("there is no provider");
  stack.use(provider);
  provider.accounts.set("u1", { preferred_username: "ada", groups: ["desk"] });
  const browser = stack.use(await openBrowser());
  const answers: string[] = [];
  browser.page.on("request", (request) => {
    if (request.url().includes("/oidc/callback")) answers.push(request.url());
  });
  await signInAs(browser.page, at.address, "u1");
  const [used = ""] = answers;
  expect(used).toContain("code=");
  // Of another browser, without and with a sign-in of its own; the second also has another state.
  expect((await fetch(used)).status).toBe(401);
  const begun = await fetch(`${at.address}/console/sign-in/oidc`, { redirect: "manual" });
  const cookie = begun.headers.get("set-cookie")?.split(";")[0] ?? "";
  expect((await fetch(used, { headers: { cookie } })).status).toBe(401);
  const state = new URL(begun.headers.get("location") ?? "").searchParams.get("state") ?? "";
  const own = new URL(used);
  own.searchParams.set("state", state);
  expect((await fetch(own, { headers: { cookie } })).status).toBe(401);
  const refused = await fetch(
    `${at.address}/console/sign-in/oidc/callback?${new URLSearchParams({ error: "access_denied", state, iss: provider.issuer })}`,
    {
      headers: { cookie },
    },
  );
  expect([refused.status, await refused.text()]).toEqual([401, expect.stringContaining("access_denied")]);
});

it("says so if the provider does not answer, and offers none if none is configured", async () => {
  const issuer = `http://localhost:${await freePort()}`;
  await using asked = await openSite(() => `console: { oidc: { issuer: "${issuer}", clientId: postrider } }`);
  const answer = await fetch(`${asked.address}/console/sign-in/oidc`, { redirect: "manual" });
  expect([answer.status, await answer.text()]).toEqual([
    503,
    expect.stringContaining(`The provider ${issuer} does not answer`),
  ]);
  expect(await (await fetch(`${asked.address}/console/sign-in`)).text()).toContain("/console/sign-in/oidc");
  await using without = await openSite();
  const { headers } = await fetch(`${without.address}/console/sign-in/oidc`, { redirect: "manual" });
  expect(headers.get("location")).toBe("/console/sign-in");
  const ways = await (await fetch(`${without.address}/console/sign-in`)).text();
  expect([ways.includes("/console/sign-in/oidc"), ways.includes("/console/sign-in/passkey")]).toEqual([false, true]);
});

it.skipIf(!existsSync(chromium))("lets somebody add a passkey, and sign in with it until it is removed", async () => {
  await using at = await openSite();
  const { desk, address } = at;
  await using browser = await openBrowser();
  const { page } = browser;
  const devtools = await page.createCDPSession();
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  const signInByPasskey = async (): Promise<void> => {
    await page.deleteCookie({ name: "postrider_session", url: address });
    await page.goto(`${address}/console/sign-in/passkey`);
    await page.click("#passkey");
  };

  const { url } = await perform(createSignInLink, { person: "ada", role: "publisher" }, admin, desk);
  const link = new URL(url).searchParams.get("link") ?? "";
  const { session } = await perform(openSession, { link }, stranger, desk);
  await page.setCookie({ name: "postrider_session", value: session, url: address });
  await page.goto(address + ownPage);
  await press(page, "#passkey");
  expect(await page.$$eval("li", (all) => all.length)).toBe(1);
  const { credentials } = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
  expect(credentials).toMatchObject([{ rpId: "localhost", isResidentCredential: true }]);

  await signInByPasskey();
  await page.waitForFunction("location.pathname === '/console'");
  await page.goto(address + ownPage);
  expect(await page.$eval("li", (item) => item.textContent)).toContain("last used on");

  // A signature of before is worth nothing: each challenge is used once.
  const replayed = await page.evaluate(`(async () => {
    const headers = { "content-type": "application/json" };
    const ask = async (path, body) => fetch("/console/sign-in/passkey" + path, { method: "POST", headers, body: JSON.stringify(body) });
    const asked = await (await ask("/options", {})).json();
    const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
    return [(await ask("", credential.toJSON())).status, (await ask("", credential.toJSON())).status];
  })()`);
  expect(replayed).toEqual([200, 401]);
  const forged = (init: RequestInit) => fetch(`${address}/console/sign-in/passkey`, { method: "POST", ...init });
  expect((await forged({ body: "{}", headers: { "content-type": "text/plain" } })).status).toBe(403);
  expect((await forged({ body: "{", headers: { "content-type": "application/json" } })).status).toBe(400);
  expect((await forged({ body: "null", headers: { "content-type": "application/json" } })).status).toBe(401);
  // Without the token of the page, nothing is added and nothing removed.
  const cookie = `postrider_session=${(await page.cookies(address))[0]?.value}`;
  expect((await fetch(`${address}${ownPage}/options`, { method: "POST", headers: { cookie } })).status).toBe(403);

  await page.goto(address + ownPage);
  await press(page, "li button");
  expect(await page.$$eval("li", (all) => all.length)).toBe(0);
  await signInByPasskey();
  await page.waitForFunction("document.getElementById('problem').textContent !== ''");
  expect(await page.$eval("#problem", (each) => each.textContent)).toContain("This passkey can't be used here");
  const items = await at.log();
  for (const name of ["passkeys.add", "sessions.open-by-passkey", "passkeys.remove"])
    expect(
      items.some(({ act, result }) => act === name && result === "done"),
      name,
    ).toBe(true);
});
