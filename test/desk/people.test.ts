/** People, their sign-in links and sessions, and tokens: what the desk gives, and what it never gives. */

import { beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { permissions, permissionsOf, roles } from "#core/people/permission.ts";
import { type Actor, perform } from "#desk/act.ts";
import { holderOf, personActor, stranger } from "#desk/people/actors.ts";
import { addPerson, listPeople, removePerson, setLimits, setRole } from "#desk/people/people.ts";
import { createSignInLink, endSession, endSessions, findSession, openSession } from "#desk/people/sign-in.ts";
import { createToken, listTokens, revokeToken } from "#desk/people/tokens.ts";
import type { DeskPorts } from "#desk/ports.ts";
import { readLog } from "#desk/site/audit-log.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

const admin: Actor = { name: "cli", door: "command line", permissions, isLocal: true };
const day = 24 * 60 * 60_000;

let test: TestApp;
let desk: DeskPorts;

beforeAll(async () => {
  // Several connections, where there is a server: of requests at the same moment only one may win.
  const backend = await openBackend({ postgres: inject("postgresUrl") });
  test = await openTestApp(backend, [openProbe().adapter]);
  ({ desk } = test.app);
  return async () => {
    await test[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  };
});

beforeEach(async () => {
  await test.app.database.pool.query("delete from postrider.person");
  await test.app.database.pool.query("delete from postrider.api_token");
});

async function linkFor(name: string, role?: (typeof roles)[number]): Promise<string> {
  const { url } = await perform(createSignInLink, { person: name, ...(role && { role }) }, admin, desk);
  return new URL(url).searchParams.get("link") ?? "";
}

async function sessionOf(name: string): Promise<string> {
  return (await perform(openSession, { link: await linkFor(name) }, stranger, desk)).session;
}

async function whose(session: string): Promise<string | undefined> {
  return (await perform(findSession, { session }, stranger, desk)).person?.name;
}

/** Everything that is stored about signing in and tokens. */
async function stored(): Promise<string> {
  const tables = ["person", "api_token", "sign_in_link", "console_session", "event", "audit_log"];
  const rows = await Promise.all(
    tables.map((table) => test.app.database.pool.query(`select row_to_json(t)::text as row from postrider.${table} t`)),
  );
  return JSON.stringify(rows.map((each) => each.rows));
}

describe("A sign-in link", () => {
  it("stands on the public address, and opens exactly one session, also for ten requests at once", async () => {
    const { url, created } = await perform(createSignInLink, { person: "ada", role: "publisher" }, admin, desk);
    expect(created).toBe(true);
    expect(url).toMatch(/^https:\/\/news\.example\.org\/console\/sign-in\?link=[\da-f]{48}$/);
    const link = new URL(url).searchParams.get("link") ?? "";
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => perform(openSession, { link }, stranger, desk)),
    );
    const opened = tries.filter((each) => each.status === "fulfilled");
    expect(opened).toHaveLength(1);
    const refused = tries.flatMap((each) => (each.status === "rejected" ? [each.reason as unknown] : []));
    expect(refused[0]).toMatchObject({
      code: "unauthorized",
      message: expect.stringContaining("it was used, or it is too old"),
    });
    expect(await whose(opened[0]?.value.session ?? "")).toBe("ada");
    const { rows } = await test.app.database.pool.query("select person from postrider.console_session");
    expect(rows).toEqual([{ person: "ada" }]);
  });

  it("does not work after 15 minutes", async () => {
    const link = await linkFor("ada", "viewer");
    const { rows } = await test.app.database.pool.query<{ minutes: number }>(
      `update postrider.sign_in_link set expires_at = expires_at - interval '15 minutes'
       returning extract(epoch from expires_at + interval '15 minutes' - now()) / 60 as minutes`,
    );
    expect(Math.round(Number(rows[0]?.minutes))).toBe(15);
    await expect(perform(openSession, { link }, stranger, desk)).rejects.toMatchObject({ code: "unauthorized" });
  });

  it("needs a person who is known, or a role for a new one", async () => {
    await expect(perform(createSignInLink, { person: "ada" }, admin, desk)).rejects.toMatchObject({
      code: "not_found",
      hint: "Add --role to create this person.",
    });
    await linkFor("ada", "viewer");
    await expect(perform(createSignInLink, { person: "ada", role: "admin" }, admin, desk)).rejects.toMatchObject({
      code: "conflict",
      message: "ada has the role viewer",
    });
    expect((await perform(listPeople, {}, admin, desk)).people).toMatchObject([{ name: "ada", role: "viewer" }]);
  });

  it("is refused if it is not one of ours", async () => {
    for (const link of ["", "x", "0".repeat(48), "' or true --", "\0".repeat(48)])
      await expect(perform(openSession, { link }, stranger, desk)).rejects.toMatchObject({ code: "unauthorized" });
  });
});

describe("A session", () => {
  it("has the role and the limits that the person has now", async () => {
    await perform(addPerson, { person: "ada", role: "author", lists: ["everyone"] }, admin, desk);
    const session = await sessionOf("ada");
    await perform(setRole, { person: "ada", role: "operator" }, admin, desk);
    const { person } = await perform(findSession, { session }, stranger, desk);
    if (!person) throw new Error("the session has ended");
    expect(personActor(person)).toEqual({
      ...{ name: "console:ada", permissions: permissionsOf.operator, door: "console", isLocal: false },
      limits: { lists: ["everyone"] },
    });
  });

  it("ends when the person loses a channel or a list, and not when they get one more", async () => {
    await perform(addPerson, { person: "ada", role: "author" }, admin, desk);
    const findAda = async (session: string) => (await perform(findSession, { session }, stranger, desk)).person;
    const limit = (limits: object) => perform(setLimits, { person: "ada", ...limits }, admin, desk);
    const first = await sessionOf("ada");
    expect(await limit({ lists: ["everyone"] })).toMatchObject({
      lists: ["everyone"],
      was: { channels: null, lists: null },
    });
    expect(await findAda(first)).toBeNull();
    const second = await sessionOf("ada");
    await limit({ lists: null });
    expect(await findAda(second)).toMatchObject({ channels: null, lists: null });
    await expect(limit({ lists: ["everybody"] })).rejects.toMatchObject({ code: "invalid" });
    await expect(limit({})).rejects.toMatchObject({ code: "invalid" });
    await expect(perform(setLimits, { person: "ben", lists: null }, admin, desk)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("ends when the role goes down, when the person is removed or signed out, and with it all unused links", async () => {
    const endings: [string, () => Promise<unknown>][] = [
      ["role", () => perform(setRole, { person: "ada", role: "author" }, admin, desk)],
      ["sign-out", () => perform(endSessions, { person: "ada" }, admin, desk)],
      ["remove", () => perform(removePerson, { person: "ada" }, admin, desk)],
    ];
    await perform(addPerson, { person: "ada", role: "operator" }, admin, desk);
    await perform(addPerson, { person: "ben" }, admin, desk);
    const bens = await sessionOf("ben");
    for (const [name, end] of endings) {
      const [one, other] = [await sessionOf("ada"), await sessionOf("ada")];
      const link = await linkFor("ada");
      await end();
      expect([name, await whose(one), await whose(other)]).toEqual([name, undefined, undefined]);
      await expect(perform(openSession, { link }, stranger, desk)).rejects.toMatchObject({ code: "unauthorized" });
      expect(await whose(bens)).toBe("ben");
    }
  });

  it("ends by itself: after seven days without use, and after thirty in any case", async () => {
    await perform(addPerson, { person: "ada" }, admin, desk);
    for (const change of ["seen_at = now() - interval '7 days'", "expires_at = now()"]) {
      const session = await sessionOf("ada");
      expect(await whose(session)).toBe("ada");
      await test.app.database.pool.query(`update postrider.console_session set ${change}`);
      expect(await whose(session)).toBeUndefined();
    }
  });

  it("is ended by whoever has it, and only once", async () => {
    await perform(addPerson, { person: "ada" }, admin, desk);
    const [mine, other] = [await sessionOf("ada"), await sessionOf("ada")];
    expect(await perform(endSession, { session: mine }, stranger, desk)).toEqual({ ended: true });
    expect(await perform(endSession, { session: mine }, stranger, desk)).toEqual({ ended: false });
    expect([await whose(mine), await whose(other)]).toEqual([undefined, "ada"]);
  });
});

describe("A token", () => {
  const create = (asked: object, actor = admin) =>
    perform(createToken, { token: "ci", scopes: ["read"], ...asked }, actor, desk);

  it("is recognised by its prefix, and no secret is stored", async () => {
    const { token } = await create({});
    expect(token).toMatch(/^postrider_[\da-f]{48}$/);
    const session = await linkFor("ada", "viewer").then(
      async (link) => (await perform(openSession, { link }, stranger, desk)).session,
    );
    const link = await linkFor("ada");
    const all = await stored();
    for (const secret of [token, token.slice(10), session, link]) expect(all).not.toContain(secret);
    expect(all).toContain('\\"name\\":\\"ci\\"');
    const { items } = await perform(readLog, { limit: 4 }, admin, desk);
    expect(items.map(({ act, actor, about, result }) => [act, actor, about, result])).toEqual([
      ["people.link", "cli", { person: "ada" }, "done"],
      ["sessions.open", "sign-in", {}, "done"],
      ["people.link", "cli", { person: "ada", role: "viewer" }, "done"],
      ["tokens.create", "cli", { token: "ci", scopes: ["read"] }, "done"],
    ]);
  });

  it("may do what its scopes say: permissions, and roles for all of theirs", async () => {
    for (const [scopes, wanted] of [
      [
        ["publish", "read"],
        ["read", "publish"],
      ],
      [["author"], ["read", "check"]],
      [
        ["author", "readers"],
        ["read", "check", "readers"],
      ],
      [["operator"], ["read", "check", "publish", "operate", "readers"]],
      [["admin"], ["read", "check", "publish", "operate", "readers", "admin"]],
      [["publisher", "approve"], permissionsOf.publisher],
    ] as const) {
      const name = scopes.join(" ");
      const { token } = await create({ token: name, scopes });
      expect(await holderOf(token, desk)).toEqual({
        name: `api:${name}`,
        permissions: wanted,
        door: "token",
        isLocal: false,
      });
    }
    for (const scope of ["publisch", "", "review", "self", "sign-in", "*"])
      await expect(create({ token: "bad", scopes: [scope] })).rejects.toMatchObject({ code: "invalid" });
    await expect(create({ token: "bad", scopes: [] })).rejects.toMatchObject({ code: "invalid" });
  });

  it("has limits to channels and lists that exist", async () => {
    const { token } = await create({ channels: ["probe"], lists: ["everyone"] });
    expect(await holderOf(token, desk)).toMatchObject({ limits: { channels: ["probe"], lists: ["everyone"] } });
    await expect(create({ token: "b", channels: ["prob"] })).rejects.toMatchObject({
      code: "invalid",
      message: 'There is no channel "prob"; did you mean "probe"?',
    });
    await expect(create({ token: "b", lists: ["nobody"] })).rejects.toMatchObject({ code: "invalid" });
    await expect(create({ token: "b", channels: [] })).rejects.toMatchObject({ code: "invalid" });
  });

  it("is not valid after it was revoked, or after its end", async () => {
    const { token } = await create({});
    const { token: other } = await create({ token: "other", expiresAt: new Date(Date.now() + day) });
    expect(await holderOf(other, desk)).toMatchObject({ name: "api:other" });
    await perform(revokeToken, { token: "ci" }, admin, desk);
    await test.app.database.pool.query("update postrider.api_token set expires_at = now() where name = 'other'");
    expect([await holderOf(token, desk), await holderOf(other, desk)]).toEqual([null, null]);
    const { tokens } = await perform(listTokens, {}, admin, desk);
    expect(tokens.map(({ name, state }) => [name, state])).toEqual([
      ["other", "expired"],
      ["ci", "revoked"],
    ]);
    await expect(perform(revokeToken, { token: "ci" }, admin, desk)).rejects.toMatchObject({ code: "conflict" });
    await expect(perform(revokeToken, { token: "none" }, admin, desk)).rejects.toMatchObject({ code: "not_found" });
    await expect(create({ token: "late", expiresAt: new Date() })).rejects.toMatchObject({ code: "invalid" });
  });

  it("keeps its name until it is revoked, and a new one does not bring the old one back", async () => {
    const { token: old } = await create({});
    await expect(create({})).rejects.toMatchObject({ code: "conflict", message: 'There already is a token "ci"' });
    await perform(revokeToken, { token: "ci" }, admin, desk);
    const { token } = await create({});
    expect([await holderOf(old, desk), (await holderOf(token, desk))?.name]).toEqual([null, "api:ci"]);
  });

  it("records its last use at most once a minute", async () => {
    const { token } = await create({});
    const used = async () => (await perform(listTokens, {}, admin, desk)).tokens[0]?.lastUsedAt?.getTime();
    expect(await used()).toBeUndefined();
    await holderOf(token, desk);
    const first = await used();
    expect(Date.now() - (first ?? 0)).toBeLessThan(60_000);
    await holderOf(token, desk);
    expect(await used()).toBe(first);
    const { pool } = test.app.database;
    await pool.query("update postrider.api_token set last_used_at = now() - interval '61 seconds'");
    const before = (await used()) ?? 0;
    await holderOf(token, desk);
    expect(await used()).toBeGreaterThan(before);
  });
});

describe("Whoever gives", () => {
  it("never gives more than they have: no permission, no role, no link, no longer time", async () => {
    const holder: Actor = { name: "api:x", door: "token", permissions: ["read", "check", "admin"], isLocal: false };
    const forbidden = {
      code: "forbidden",
      message: `You can't give the permission "publish", because you do not have it`,
    };
    await perform(addPerson, { person: "boss", role: "admin" }, admin, desk);
    const refused = [
      perform(createToken, { token: "t", scopes: ["read", "publish"] }, holder, desk),
      perform(createToken, { token: "t", scopes: ["publisher"] }, holder, desk),
      perform(createToken, { token: "t", scopes: ["admin"] }, holder, desk),
      perform(addPerson, { person: "eve", role: "publisher" }, holder, desk),
      perform(setRole, { person: "boss", role: "publisher" }, holder, desk),
      perform(createSignInLink, { person: "boss" }, holder, desk),
      perform(createSignInLink, { person: "eve", role: "admin" }, holder, desk),
    ];
    for (const outcome of await Promise.allSettled(refused)) {
      if (outcome.status === "fulfilled") throw new Error("was allowed");
      expect(outcome.reason).toMatchObject(forbidden);
    }
    expect(await perform(createToken, { token: "t", scopes: ["author"] }, holder, desk)).toMatchObject({
      scopes: ["read", "check"],
    });
    expect((await perform(addPerson, { person: "eve", role: "author" }, holder, desk)).person.createdBy).toBe("api:x");

    const until = new Date(Date.now() + day);
    const short: Actor = { ...admin, until };
    const late = { token: "late", scopes: ["read"] };
    await expect(perform(createToken, late, short, desk)).rejects.toMatchObject({ code: "forbidden" });
    const expiresAt = new Date(until.getTime() + 1);
    await expect(perform(createToken, { ...late, expiresAt }, short, desk)).rejects.toMatchObject({
      message: `Your own token ends at ${until.toISOString()}: this one must end before`,
    });
    expect((await perform(createToken, { ...late, expiresAt: until }, short, desk)).expiresAt).toEqual(until);
  });

  it("gives nothing at all if they are limited to channels or lists", async () => {
    for (const limits of [{ channels: ["probe"] }, { lists: ["everyone"] }]) {
      const limited: Actor = { ...admin, limits };
      await expect(perform(createToken, { token: "t", scopes: ["read"] }, limited, desk)).rejects.toMatchObject({
        code: "forbidden",
      });
      await expect(perform(addPerson, { person: "eve" }, limited, desk)).rejects.toMatchObject({ code: "forbidden" });
      await expect(perform(setRole, { person: "eve", role: "viewer" }, limited, desk)).rejects.toMatchObject({
        code: "forbidden",
      });
    }
  });
});

describe("People", () => {
  it("are added once, with a name that can stand in an address and in a record", async () => {
    const add = (asked: object) => perform(addPerson, { person: "Ada Lovelace", ...asked }, admin, desk);
    expect(await add({ email: " ada@example.org " })).toMatchObject({
      person: { name: "Ada Lovelace", role: "viewer", email: "ada@example.org", channels: null, lists: null },
    });
    await expect(add({})).rejects.toMatchObject({ code: "conflict" });
    await expect(add({ person: "other", email: "ADA@example.org" })).rejects.toMatchObject({
      code: "conflict",
      message: "Another person has this email address",
    });
    for (const name of ["", " ada", "ada ", "a:b", "a/b", "a\nb", "\u202eada", "x".repeat(61)])
      await expect(add({ person: name })).rejects.toMatchObject({ code: "invalid" });
    await expect(add({ person: "ben", email: "nobody" })).rejects.toMatchObject({ code: "invalid" });
    await expect(add({ person: "ben", role: "owner" })).rejects.toMatchObject({ code: "invalid" });
  });

  it("keep their sessions when they may do more, and leave their tokens behind, which the answer names", async () => {
    await perform(addPerson, { person: "ada", role: "viewer" }, admin, desk);
    const session = await sessionOf("ada");
    for (const role of roles) {
      await perform(setRole, { person: "ada", role }, admin, desk);
      expect([role, await whose(session)]).toEqual([role, "ada"]);
    }
    const { person } = await perform(findSession, { session }, stranger, desk);
    if (!person) throw new Error("the session has ended");
    const ada = personActor(person);
    for (const name of ["left", "gone"]) await perform(createToken, { token: name, scopes: ["read"] }, ada, desk);
    await perform(revokeToken, { token: "gone" }, ada, desk);
    expect(await perform(removePerson, { person: "ada" }, admin, desk)).toEqual({ name: "ada", tokens: ["left"] });
    await expect(perform(removePerson, { person: "ada" }, admin, desk)).rejects.toMatchObject({ code: "not_found" });
  });
});
