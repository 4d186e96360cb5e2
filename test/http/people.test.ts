/** People and tokens over HTTP: who gets 401, who gets 403, and who gets what they asked for. */

import { beforeAll, describe, expect, it } from "vitest";
import { permissions, type Role, roles, scopesOfRole } from "#core/people/permission.ts";
import { type Actor, perform } from "#desk/act.ts";
import { createToken } from "#desk/people/tokens.ts";
import { resourceRoutes } from "#http/operator/resources/all.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

const adminToken = "a-l0ng-t0ken";
const operator: Actor = { name: "cli", door: "command line", permissions, isLocal: true };

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

let test: TestApp;
let url: string;

beforeAll(async () => {
  const stack = new AsyncDisposableStack();
  const backend = stack.use(await openBackend({}));
  test = stack.use(await openTestApp(backend, [openProbe().adapter], {}, { apiToken: adminToken }));
  url = stack.use(await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 })).url;
  return () => stack.disposeAsync();
});

async function ask(method: string, path: string, token: string | null, body?: unknown): Promise<Answer> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { status, headers } = response;
  // It never ends.
  if (headers.get("content-type")?.includes("event-stream")) {
    await response.body?.cancel();
    return { status, headers, body: {} };
  }
  return { status, headers, body: (await response.json()) as Record<string, unknown> };
}

async function tokenFor(name: string, scopes: string[], more: object = {}): Promise<string> {
  return (await perform(createToken, { token: name, scopes, ...more }, operator, test.app.desk)).token;
}

/** Every route of the API with the permission that it needs. A dry run needs `check`. */
const routes: (readonly [method: string, path: string, needs: (typeof permissions)[number], body?: object])[] = [
  ["GET", "/posts", "read"],
  ["GET", "/events", "read"],
  ["GET", "/posts/none.md/check", "check"],
  ["GET", "/posts/none.md/preview", "check"],
  ["POST", "/posts/none.md/publications", "publish", {}],
  ["POST", "/posts/none.md/publications", "check", { dryRun: true }],
  ["POST", "/posts/none.md/republications", "publish", { mode: "update" }],
  ["POST", "/posts/none.md/republications", "check", { mode: "update", dryRun: true }],
  ["PUT", "/posts/none.md/withdrawal", "publish", {}],
  ["PUT", "/posts/none.md/withdrawal", "check", { dryRun: true }],
  ["GET", "/campaigns", "read"],
  ["GET", "/campaigns/none", "read"],
  ["GET", "/campaigns/none/audit", "read"],
  ["PUT", "/campaigns/none/pause", "operate"],
  ["DELETE", "/campaigns/none/pause", "operate"],
  ["PUT", "/campaigns/none/cancellation", "operate"],
  ["POST", "/deliveries/1/retries", "operate"],
  ["GET", "/jobs", "read"],
  ["POST", "/jobs/none/runs", "operate", {}],
  ["POST", "/jobs/none/runs", "check", { dryRun: true }],
  ["GET", "/jobs/none/editions", "read"],
  ["GET", "/jobs/none/editions/1", "read"],
  ["PUT", "/jobs/none/editions/1/approval", "publish"],
  ["PUT", "/jobs/none/editions/1/refusal", "publish"],
  ["GET", "/people", "admin"],
  ["POST", "/people", "admin", {}],
  ["GET", "/people/none", "admin"],
  ["DELETE", "/people/none", "admin"],
  ["PUT", "/people/none/limits", "admin", { lists: null }],
  ["PUT", "/people/none/role", "admin", { role: "viewer" }],
  ["GET", "/tokens", "admin"],
  ["POST", "/tokens", "admin", {}],
  ["GET", "/tokens/none", "admin"],
  ["DELETE", "/tokens/none", "admin"],
  ...resourceRoutes.map(
    ({ method, path, act }) =>
      [
        method.toUpperCase(),
        path.replace(/\{(name|hash)\}/, "none").replace("{id}", "1"),
        act.needs as "read",
      ] as const,
  ),
];

describe("The API", () => {
  it("lets the token of each role do what the role may do, refuses the rest with 403, and strangers with 401", async () => {
    const tokens = new Map<Role, string>();
    for (const role of roles) tokens.set(role, await tokenFor(`as ${role}`, [role]));
    for (const [method, path, needs, body] of routes) {
      const route = `${method} ${path} ${JSON.stringify(body)}`;
      for (const role of roles) {
        const { status, body: said } = await ask(method, path, tokens.get(role) ?? "", body);
        const isAllowed = scopesOfRole(role).includes(needs);
        if (isAllowed) expect([route, role, [401, 403, 500].includes(status)]).toEqual([route, role, false]);
        else expect([route, role, status, said["code"]]).toEqual([route, role, 403, "forbidden"]);
      }
      expect((await ask(method, path, adminToken, body)).status, route).not.toBe(403);
      expect((await ask(method, path, null, body)).status, route).toBe(401);
    }
  });

  it("has a permission in this test for every route that it describes", async () => {
    const { paths } = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const shape = (path: string): string => path.replace(/none\.md|none|\{\w+\}|(?<=\/)1(?=\/|$)/g, "*");
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => method !== "parameters")
        .map((method) => `${method.toUpperCase()} ${shape(path)}`),
    );
    const tested = new Set(routes.map(([method, path]) => `${method} ${shape(path)}`));
    expect(described.filter((route) => !tested.has(route))).toEqual([]);
  });

  it("says the same to a token that is wrong, revoked or expired, and says how to ask to who sends none", async () => {
    const revoked = await tokenFor("revoked", ["admin"]);
    const expired = await tokenFor("expired", ["admin"], { expiresAt: new Date(Date.now() + 60_000) });
    expect((await ask("GET", "/campaigns", revoked)).status).toBe(200);
    expect((await ask("GET", "/campaigns", expired)).status).toBe(200);
    expect((await ask("DELETE", "/tokens/revoked", adminToken)).body).toEqual({ name: "revoked", revoked: true });
    await test.app.database.pool.query("update postrider.api_token set expires_at = now() where name = 'expired'");
    const wrong = `${revoked.slice(0, -1)}${revoked.endsWith("0") ? "1" : "0"}`;
    for (const token of [wrong, revoked, expired, "x", `${adminToken}x`, `${revoked} ${revoked}`]) {
      const { status, headers, body } = await ask("GET", "/campaigns", token);
      expect([status, body["title"], headers.get("www-authenticate")]).toEqual([
        ...[401, "This token is not valid", "Bearer"],
      ]);
    }
    expect((await ask("GET", "/campaigns", null)).body).toMatchObject({
      code: "unauthorized",
      detail: "`postrider tokens create` makes one.",
    });
  });

  it("creates a token whose secret is in that answer only, and which acts under its own name", async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const made = await ask("POST", "/tokens", adminToken, { name: "bot", scopes: ["operator", "admin"], expiresAt });
    expect(made).toMatchObject({
      status: 201,
      body: { name: "bot", scopes: scopesOfRole("admin"), expiresAt, state: "valid" },
    });
    expect(made.headers.get("cache-control")).toBe("no-store");
    const secret = String(made.body["token"]);
    const all = await ask("GET", "/tokens", secret);
    expect(all.status).toBe(200);
    expect(JSON.stringify(all.body)).not.toContain(secret);
    expect(all.body).toMatchObject({ next: null });
    expect(all.body["items"]).toContainEqual(expect.objectContaining({ name: "bot", createdBy: "api" }));
    expect((await ask("POST", "/people", secret, { name: "carl", role: "viewer" })).status).toBe(201);
    const { rows } = await test.app.database.pool.query(
      "select actor from postrider.event where kind = 'person.added'",
    );
    expect(rows).toEqual([{ actor: "api:bot" }]);
  });

  it("lets no caller give a token more than they have, nor more time", async () => {
    const short = await tokenFor("short", ["admin"], { expiresAt: new Date(Date.now() + 60_000) });
    expect(await ask("POST", "/tokens", short, { name: "long", scopes: ["read"] })).toMatchObject({
      status: 403,
      body: { code: "forbidden" },
    });
    const limited = await tokenFor("limited", ["admin"], { channels: ["probe"] });
    for (const [method, path, body] of [
      ["POST", "/tokens", { name: "all", scopes: ["read"] }],
      ["POST", "/people", { name: "all" }],
      ["GET", "/tokens", undefined],
    ] as const)
      expect((await ask(method, path, limited, body)).status, path).toBe(403);
  });

  it("adds people, changes roles and removes people", async () => {
    const added = await ask("POST", "/people", adminToken, { name: "ada", role: "author", lists: ["everyone"] });
    expect(added).toMatchObject({
      status: 201,
      body: { person: { name: "ada", role: "author", lists: ["everyone"], channels: null, createdBy: "api" } },
    });
    expect((await ask("POST", "/people", adminToken, { name: "ada" })).status).toBe(409);
    expect((await ask("PUT", "/people/ada/role", adminToken, { role: "publisher" })).body).toEqual({
      ...{ name: "ada", role: "publisher", was: "author" },
    });
    expect((await ask("GET", "/people", adminToken)).body["items"]).toContainEqual(
      expect.objectContaining({ name: "ada", role: "publisher" }),
    );
    expect((await ask("DELETE", "/people/ada", adminToken)).body).toEqual({ name: "ada", removed: true, tokens: [] });
    expect((await ask("DELETE", "/people/ada", adminToken)).status).toBe(404);
  });

  it("refuses what is not a request of its schema", async () => {
    for (const [method, path, body] of [
      ["POST", "/people", { name: "x", role: "owner" }],
      ["POST", "/people", { name: ["x"] }],
      ["POST", "/people", { name: "a/b" }],
      ["POST", "/people", { name: "x", more: 1 }],
      ["PUT", "/people/x/role", {}],
      ["POST", "/tokens", { name: "x" }],
      ["POST", "/tokens", { name: "x", scopes: "read" }],
      ["POST", "/tokens", { name: "x", scopes: ["all"] }],
      ["POST", "/tokens", { name: "x", scopes: ["read"], expiresAt: "soon" }],
      ["POST", "/tokens", { name: "x", scopes: ["read"], expiresAt: "2020-01-01T00:00:00Z" }],
      ["POST", "/tokens", { name: "x", scopes: ["read"], channels: ["nowhere"] }],
      ["POST", "/tokens", { name: "\0", scopes: ["read"] }],
    ] as const) {
      const { status, body: said } = await ask(method, path, adminToken, body);
      expect([JSON.stringify(body), status, said["code"]]).toEqual([JSON.stringify(body), 400, "invalid"]);
    }
    for (const path of ["/people/%00", "/tokens/%00", "/people/%FF"])
      expect((await ask("DELETE", path, adminToken)).status, path).toBeLessThan(500);
  });

  it("works with a token from the database alone", async () => {
    await using backend = await openBackend({});
    await using other = await openTestApp(backend, [openProbe().adapter]);
    await using server = await other.app.startServer(other.channels, { host: "127.0.0.1", port: 0 });
    const { token } = await perform(createToken, { token: "ci", scopes: ["read"] }, operator, other.app.desk);
    const get = (authorization: string) => fetch(`${server.url}/api/v1/campaigns`, { headers: { authorization } });
    expect((await get(`Bearer ${token}`)).status).toBe(200);
    expect((await get(`bearer  ${token}`)).status).toBe(200);
    for (const wrong of ["Bearer ", "Bearer null", "Bearer undefined", `Basic ${token}`, token])
      expect((await get(wrong)).status, wrong).toBe(401);
  });
});
