/**
 * The description of the API: its examples are valid, a client that is made from it compiles and works, and every
 * answer of the server fits it. The tools need `npm ci` in `test/api-client`: see `npm run test:client`.
 */

import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import createClient from "openapi-fetch";
import { describe, expect, it } from "vitest";
import { openApiDocument } from "../../src/http/operator/describe/open-api.ts";
import { verbs } from "../../src/http/operator/describe/verbs.ts";
import { resourceRoutes } from "../../src/http/operator/resources/all.ts";
import type { paths } from "../api-client/api-types.ts";
import { apiTypes, isInstalled, lint, typesFile } from "../api-client/tools.ts";
import { addReaders, openTestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { failure, openProbe } from "../support/probe.ts";

interface Media {
  schema: object;
  example?: unknown;
}

interface Operation {
  operationId: string;
  parameters?: { name: string; schema: object; example?: unknown }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { $ref?: string; content?: Record<string, Media> }>;
}

const document = JSON.parse(JSON.stringify(openApiDocument)) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; responses: Record<string, { content: Record<string, Media> }> };
};
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
const ajv = new Ajv2020({ strict: false, validateFormats: false });

/** What does not fit; `null`: it fits. */
function misfit(schema: object, value: unknown): string | null {
  const isRef = "$ref" in schema;
  const check = ajv.compile(isRef ? (document.components.schemas["Problem"] ?? {}) : schema);
  return check(value) ? null : ajv.errorsText(check.errors);
}

describe("The description of the API", () => {
  it("has an example of every parameter, body, answer and error, and each fits its schema", () => {
    let examples = 0;
    const expectFit = (where: string, { schema, example }: { schema: object; example?: unknown }) => {
      expect([where, example === undefined, misfit(schema, example)]).toEqual([where, false, null]);
      examples++;
    };
    for (const { operationId, parameters = [], requestBody, responses } of operations) {
      for (const parameter of parameters) expectFit(`${operationId} ${parameter.name}`, parameter);
      for (const media of Object.values(requestBody?.content ?? {})) expectFit(`${operationId} body`, media);
      for (const [status, { content = {} }] of Object.entries(responses))
        for (const media of Object.values(content)) expectFit(`${operationId} ${status}`, media);
    }
    for (const [name, { content }] of Object.entries(document.components.responses))
      for (const media of Object.values(content)) expectFit(name, media);
    expect(examples).toBeGreaterThan(120);
  });

  it("has examples of bodies that the acts take", () => {
    for (const route of [...verbs, ...resourceRoutes]) {
      const body = document.paths[route.path]?.[route.method]?.requestBody?.content["application/json"]?.example;
      if (body === undefined || ("body" in route && route.body)) continue;
      const inPath = Object.values(route.names ?? {}).map((name) => [name, name === "posts" ? ["hello.md"] : "1"]);
      const { error } = route.act.asks.safeParse({ ...body, ...Object.fromEntries(inPath) });
      expect([route.id, error?.message]).toEqual([route.id, undefined]);
    }
  });

  it("names every operation once, and every error that the server may answer with", () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    for (const { operationId, responses } of operations)
      expect([operationId, Object.keys(responses)]).toEqual([
        operationId,
        expect.arrayContaining(["401", "403", "503"]),
      ]);
  });

  it.skipIf(!isInstalled)("has no findings of the recommended rules of Redocly and Spectral", () => {
    expect(lint()).toBe("");
  });

  it.skipIf(!isInstalled)(
    "is what the types of the tests' client were made from; else run `npm run api-types`",
    async () => {
      expect(readFileSync(typesFile, "utf8")).toBe(await apiTypes());
    },
  );
});

it("is enough for a client without types of its own: it publishes, follows pages, decides and reads the audit log", async () => {
  await using backend = await openBackend({});
  const probe = openProbe();
  probe.answer = async ({ recipient }) => {
    if (recipient.address === "reader1@example.org") throw failure("uncertain", "recipient");
    return {};
  };
  await using test = await openTestApp(backend, [probe.adapter], {}, { apiToken: "a-l0ng-t0ken" });
  await addReaders(test, 5);
  await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
  await test.publish();
  await test.settled();
  await using server = await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 });
  const api = createClient<paths>({
    baseUrl: `${server.url}/api/v1`,
    headers: { authorization: "Bearer a-l0ng-t0ken" },
  });
  // Every answer of the server has to fit its schema.
  const wrong: string[] = [];
  api.use({
    async onResponse({ schemaPath, request, response }) {
      const described = document.paths[schemaPath]?.[request.method.toLowerCase()]?.responses[response.status];
      const { content } = described?.$ref
        ? (document.components.responses[described.$ref.split("/").at(-1) ?? ""] ?? {})
        : (described ?? {});
      const type = response.headers.get("content-type")?.split(";")[0] ?? "";
      const schema = content?.[type]?.schema;
      const problem = schema ? misfit(schema, await response.clone().json()) : "is not described";
      if (problem && response.status !== 304)
        wrong.push(`${request.method} ${schemaPath} ${response.status}: ${problem}`);
    },
  });

  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const { data }: { data?: { items: { id: string }[]; next: string | null } } = await api.GET("/deliveries", {
      params: { query: { limit: 2, ...(cursor !== null && { cursor }) } },
    });
    ids.push(...(data?.items ?? []).map(({ id }) => id));
    cursor = data?.next ?? null;
  } while (cursor !== null);
  expect(new Set(ids).size).toBe(5);

  const uncertain = await api.GET("/deliveries", { params: { query: { state: "uncertain" } } });
  const id = uncertain.data?.items[0]?.id ?? "";
  const shown = await api.GET("/deliveries/{id}", { params: { path: { id } } });
  expect(shown.data?.events.map(({ kind }) => kind)).toContain("delivery.uncertain");
  const decided = await api.PUT("/deliveries/{id}/verdict", {
    params: { path: { id } },
    body: { verdict: "arrived", reason: "it is in the relay's log" },
  });
  expect(decided.data?.state).toBe("accepted");
  const again = await api.PUT("/deliveries/{id}/verdict", { params: { path: { id } }, body: { verdict: "arrived" } });
  expect(again.error?.code).toBe("conflict");

  const campaigns = await api.GET("/campaigns");
  const campaign = campaigns.data?.items[0]?.id ?? "";
  const paused = await api.PUT("/campaigns/{id}/pause", { params: { path: { id: campaign } }, body: {} });
  expect(paused.error?.code).toBe("conflict");
  await api.GET("/campaigns/{id}", { params: { path: { id: campaign } } });
  await api.GET("/campaigns/{id}/audit", { params: { path: { id: campaign } } });
  const log = await api.GET("/audit-log", { params: { query: { act: "deliveries.decide" } } });
  expect(log.data?.items.map(({ result }) => result)).toEqual(["refused", "done"]);

  const added = await api.POST("/subscribers", { body: { address: "ada@example.org", list: "everyone" } });
  expect(added.data?.added).toBe(1);
  const found = await api.GET("/subscribers", { params: { query: { address: "ada@", list: "everyone" } } });
  const reader = { params: { path: { id: found.data?.items[0]?.id ?? "" } } };
  expect((await api.GET("/subscribers/{id}", reader)).data?.address).toBe("ada@example.org");
  await api.DELETE("/subscribers/{id}/subscriptions", reader);
  await api.POST("/resubscriptions", { body: { address: "ada@example.org", list: "everyone", consent: "by phone" } });
  await api.DELETE("/subscribers/{id}", reader);
  await api.POST("/suppressions", { body: { address: "reader2@example.org" } });
  const suppressions = await api.GET("/suppressions", { params: { query: { reason: "manual" } } });
  const lifted = { params: { path: { id: suppressions.data?.items[0]?.id ?? "" }, query: { reason: "a mistake" } } };
  expect((await api.DELETE("/suppressions/{id}", lifted)).data?.reason).toBe("manual");

  const publications = await api.GET("/publications");
  await api.GET("/publications/{id}", { params: { path: { id: publications.data?.items[0]?.id ?? "" } } });
  await api.GET("/channels/{name}", { params: { path: { name: "probe" } } });
  expect((await api.GET("/channels/{name}", { params: { path: { name: "none" } } })).error?.code).toBe("not_found");
  for (const path of ["/posts", "/channels", "/workers", "/feeds", "/lists", "/segments", "/bounces", "/jobs"] as const)
    await api.GET(path);
  await api.GET("/posts", { params: { query: { limit: 1 } } });
  expect((await api.GET("/lists", { params: { query: { limit: 500 } } })).error?.title).toContain("limit");
  expect(wrong).toEqual([]);
});
