/** Lists over HTTP: pages, cursors, filters, and what is refused. */

import { describe, expect, it } from "vitest";
import { type Actor, perform } from "#desk/act.ts";
import { pauseCampaign } from "#desk/campaigns/control.ts";
import { listDeliveries, showDelivery } from "#desk/deliveries/list.ts";
import { showChannel } from "#desk/site/pages.ts";
import { addReaders, aPost, openTestApp, type TestApp } from "../support/app.ts";
import { type OpenBackend, openBackend } from "../support/backends.ts";
import { failure, openProbe } from "../support/probe.ts";

const token = "a-l0ng-t0ken";

interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: each request has another answer
  body: any;
}

type Ask = (
  path: string,
  options?: { method?: string; body?: unknown; headers?: Record<string, string> },
) => Promise<Answer>;

interface Site extends AsyncDisposable {
  test: TestApp;
  ask: Ask;
  /** Every page from the first to the last, with at most `limit` items each. */
  pages(path: string, limit: number): Promise<Record<string, unknown>[][]>;
}

/** A site with a server, and ten readers: the fourth is refused, the fifth is uncertain. */
async function openSite(open: OpenBackend = () => openBackend({})): Promise<Site> {
  await using stack = new AsyncDisposableStack();
  const backend = stack.use(await open());
  const probe = openProbe();
  probe.answer = async ({ recipient }) => {
    if (recipient.address === "reader3@example.org") throw failure("permanent", "recipient");
    if (recipient.address === "reader4@example.org") throw failure("uncertain", "recipient");
    return {};
  };
  const more = "segments: { bern: 'city = \"Bern\"' }\n";
  const test = stack.use(await openTestApp(backend, [probe.adapter], {}, { apiToken: token }, {}, more));
  await addReaders(test, 10);
  const abort = new AbortController();
  stack.use(await test.app.startWorkers(test.channels, abort.signal));
  await test.publish();
  await test.settled();
  const server = stack.use(await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 }));
  const ask: Ask = async (path, { method = "GET", body, headers = {} } = {}) => {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
  };
  const closing = stack.move();
  return {
    test,
    ask,
    async pages(path, limit) {
      const pages: Record<string, unknown>[][] = [];
      let next: string | null = null;
      do {
        const cursor = next === null ? "" : `&cursor=${encodeURIComponent(next)}`;
        const { status, body } = await ask(`${path}${path.includes("?") ? "&" : "?"}limit=${limit}${cursor}`);
        expect(status, JSON.stringify(body)).toBe(200);
        pages.push(body.items);
        next = body.next;
      } while (next !== null && pages.length < 100);
      return pages;
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

const ids = (items: readonly Record<string, unknown>[]) => items.map(({ id }) => Number(id));

describe("A list of the API", () => {
  it("gives every delivery once, page by page, although new ones are written meanwhile", async () => {
    await using site = await openSite();
    const all = (await site.ask("/deliveries")).body;
    expect(all.next).toBeNull();
    expect(all.items).toHaveLength(10);
    expect(ids(all.items)).toEqual(ids(all.items).toSorted((a, b) => b - a));

    const first = (await site.ask("/deliveries?limit=4")).body;
    await site.test.publish(aPost({ id: "next.md", url: "https://example.org/blog/next/" }));
    await site.test.settled("next.md");
    const seen = ids(first.items);
    for (let next = first.next; next; ) {
      const page = (await site.ask(`/deliveries?limit=4&cursor=${next}`)).body;
      seen.push(...ids(page.items));
      next = page.next;
    }
    expect(seen).toEqual(ids(all.items));
    expect((await site.pages("/deliveries", 7)).flat()).toHaveLength(20);
  });

  it("refuses cursors of other lists and filters, wrong limits, unknown parameters and fields, and says why", async () => {
    await using site = await openSite();
    const { next } = (await site.ask("/deliveries?limit=4")).body;
    const wrong: [string, string][] = [
      [`/subscribers?cursor=${next}`, 'This cursor belongs to the list "deliveries", not to "subscribers"'],
      [`/deliveries?state=refused&cursor=${next}`, "This cursor belongs to another filter of the same list"],
      ["/deliveries?cursor=nonsense", "The cursor is not valid"],
      [`/deliveries?cursor=${Buffer.from('["deliveries","x"]').toString("base64url")}`, "The cursor is not valid"],
      ["/deliveries?limit=0", "limit"],
      ["/deliveries?limit=201", "limit"],
      ["/deliveries?limit=many", "limit"],
      ["/deliveries?limit=1&limit=2", 'The query parameter "limit" is there twice'],
      ["/deliveries?colour=red", 'There is no query parameter "colour" here'],
      ["/deliveries?state=lost", "state"],
      ["/deliveries?fields=id,colour", 'fields: there is no field "colour"'],
      ["/deliveries/1?limit=2", 'There is no query parameter "limit" here'],
      ["/subscribers?segment=city%20%3D", "Segment"],
      ["/posts?colour=red", 'There is no query parameter "colour" here'],
    ];
    for (const [path, sentence] of wrong) {
      const { status, headers, body } = await site.ask(path);
      expect([status, headers.get("content-type"), body.code], path).toEqual([
        400,
        "application/problem+json",
        "invalid",
      ]);
      expect(body.title, path).toContain(sentence);
    }
    // The same filter in another order is the same filter.
    const filtered = (await site.ask("/deliveries?channel=probe&state=accepted&limit=2")).body.next;
    expect((await site.ask(`/deliveries?state=accepted&channel=probe&cursor=${filtered}`)).status).toBe(200);
    // A cursor is as good as a key: what it holds never reaches the database unchecked.
    const [list, filter] = JSON.parse(Buffer.from(next, "base64url").toString()) as string[];
    const forged = Buffer.from(JSON.stringify([list, filter, "1; drop table"])).toString("base64url");
    expect((await site.ask(`/deliveries?cursor=${forged}`)).status).toBe(400);
  });

  it("says 404 for the id of something else", async () => {
    await using site = await openSite();
    const uuid = "1b4e28ba-2fa1-41d2-883f-0016d3cca427";
    for (const path of [
      `/deliveries/${uuid}`,
      "/deliveries/99999999",
      "/deliveries?campaign=17",
      `/deliveries?subscriber=${uuid}`,
      `/subscribers/${uuid}`,
      "/subscribers/reader1@example.org",
      "/publications/17",
      `/publications/${uuid}`,
      "/channels/nowhere",
      "/subscribers?list=nobody",
      "/suppressions?list=nobody",
      `/bounces?delivery=${uuid}`,
    ]) {
      const { status, body } = await site.ask(path);
      expect([path, status, body.code]).toEqual([path, 404, "not_found"]);
      expect(body.title).toMatch(/^There is no /);
    }
  });

  it("gives only the wanted fields", async () => {
    await using site = await openSite();
    const { body } = await site.ask("/deliveries?fields=id,state&limit=1");
    expect(Object.keys(body).toSorted()).toEqual(["items", "next"]);
    expect(Object.keys(body.items[0])).toEqual(["id", "state"]);
  });

  it("answers 304 for a single resource that has not changed, and the new one after a change", async () => {
    await using site = await openSite();
    const { body } = await site.ask("/deliveries?state=uncertain");
    const path = `/deliveries/${body.items[0].id}`;
    const etag = (await site.ask(path)).headers.get("etag") ?? "";
    const again = await site.ask(path, { headers: { "if-none-match": etag } });
    expect([again.status, again.body, again.headers.get("etag")]).toEqual([304, null, etag]);
    await site.ask(`${path}/verdict`, {
      method: "PUT",
      body: { verdict: "arrived", reason: "it is in the relay's log" },
    });
    const changed = await site.ask(path, { headers: { "if-none-match": etag } });
    expect([changed.status, changed.body.state]).toEqual([200, "accepted"]);
    expect(changed.headers.get("etag")).not.toBe(etag);
  });
});

describe("The resources of the API", () => {
  it("filter deliveries, show one with its history, and let an operator decide about an uncertain one", async () => {
    await using site = await openSite();
    const of = async (filter: string) => (await site.ask(`/deliveries?${filter}`)).body.items;
    const [refused] = await of("state=refused");
    expect(refused).toMatchObject({ address: "reader3@example.org", channel: "probe", post: "hello.md" });
    expect(await of(`code=${refused.failure.code}&state=refused`)).toEqual([refused]);
    expect(
      await of(
        `campaign=${refused.campaign}&domain=EXAMPLE.org&text=${refused.failure.message.slice(0, 4)}&state=refused`,
      ),
    ).toEqual([refused]);
    expect(await of(`subscriber=${refused.subscriber}`)).toEqual([refused]);
    expect(await of("domain=example.com")).toEqual([]);
    expect(await of("post=none.md")).toEqual([]);

    const [uncertain] = await of("state=uncertain");
    const path = `/deliveries/${uncertain.id}`;
    const shown = (await site.ask(path)).body;
    expect(shown).toMatchObject({ ...uncertain, title: "Hello", list: "everyone" });
    expect(shown.key).toMatch(/^[0-9a-f]{64}$/);
    expect(shown.events.map(({ kind }: { kind: string }) => kind)).toEqual(["delivery.sending", "delivery.uncertain"]);

    const decide = (id: string, body: object) => site.ask(`/deliveries/${id}/verdict`, { method: "PUT", body });
    expect((await decide(uncertain.id, { verdict: "maybe" })).status).toBe(400);
    expect((await decide(uncertain.id, { delivery: refused.id, verdict: "leave" })).body.title).toContain('"delivery"');
    expect(await decide(refused.id, { verdict: "arrived" })).toMatchObject({
      status: 409,
      body: { title: "This delivery is refused, not uncertain" },
    });
    expect(await decide(uncertain.id, { verdict: "leave", reason: "the relay is asked" })).toMatchObject({
      body: { verdict: "leave", state: "uncertain" },
    });
    expect(await decide(uncertain.id, { verdict: "send-again", reason: "not in the log" })).toMatchObject({
      body: { delivery: uncertain.id, state: "pending" },
    });
    // It is uncertain again, because the probe answers as before.
    await expect.poll(async () => (await of("state=uncertain")).length, { timeout: 120_000 }).toBe(1);
    expect(await decide(uncertain.id, { verdict: "arrived", reason: "the reader has it" })).toMatchObject({
      body: { state: "accepted" },
    });
    const { events, state } = (await site.ask(path)).body;
    expect(state).toBe("accepted");
    expect(events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: "verdict.leave", actor: "api", data: { reason: "the relay is asked" } }),
        expect.objectContaining({ kind: "verdict.arrived", actor: "api", data: { reason: "the reader has it" } }),
      ]),
    );
    expect(await of("state=uncertain")).toEqual([]);
    expect((await decide(uncertain.id, { verdict: "arrived" })).status).toBe(409);
  });

  it("add, show, unsubscribe, bring back and forget a subscriber", async () => {
    await using site = await openSite();
    const post = (path: string, body: object) => site.ask(path, { method: "POST", body });
    const remove = (path: string) => site.ask(path, { method: "DELETE" });
    expect(
      await post("/subscribers", { address: "Ada@example.org", list: "everyone", consent: "by phone" }),
    ).toMatchObject({
      status: 201,
      body: { added: 1, state: "confirmed" },
    });
    expect((await post("/subscribers", { address: "Ada@example.org", list: "nobody" })).status).toBe(404);
    expect((await post("/subscribers", { address: "nonsense", list: "everyone" })).status).toBe(400);
    const [ada, ...others] = (await site.ask("/subscribers?address=ada@")).body.items;
    expect(others).toEqual([]);
    expect(ada).toMatchObject({ address: "Ada@example.org", lists: [{ name: "everyone", state: "confirmed" }] });
    const path = `/subscribers/${ada.id}`;
    expect((await site.ask(path)).body).toMatchObject({ id: ada.id, lists: [{ source: "by phone" }] });

    expect((await remove(`${path}/subscriptions?list=everyone`)).body).toEqual({
      address: "Ada@example.org",
      ended: 1,
    });
    const left = (await site.ask("/subscribers?list=everyone&state=unsubscribed")).body.items;
    expect(left).toMatchObject([{ id: ada.id }]);
    const back = { address: "ada@example.org", list: "everyone", consent: "her letter of 3 May" };
    expect(await post("/resubscriptions", back)).toMatchObject({ status: 201, body: { was: "unsubscribed" } });
    expect((await site.ask("/subscribers?list=everyone&state=unsubscribed")).body.items).toEqual([]);

    expect((await remove(path)).body).toEqual({ forgotten: true, known: true });
    expect((await site.ask(path)).status).toBe(404);
    const [forgotten] = (await site.ask("/suppressions?reason=forgotten")).body.items;
    expect(forgotten).toMatchObject({ address: null, list: null });
    expect((await remove(`/suppressions/${forgotten.id}`)).status).toBe(409);
    expect((await post("/subscribers", { address: "ada@example.org", list: "everyone" })).status).toBe(409);
  });

  it("count lists and segments, and suppress an address and lift that again", async () => {
    await using site = await openSite();
    await site.test.app.subscribers.describe("reader1@example.org", { city: "Bern" });
    expect((await site.ask("/segments")).body.items).toMatchObject([
      { name: "bern", list: "everyone", readers: 1, suppressed: 0, of: 10 },
    ]);
    expect((await site.ask("/subscribers?segment=bern")).body.items).toMatchObject([
      { address: "reader1@example.org" },
    ]);

    const suppressed = { address: "reader1@example.org", reason: "asked by phone" };
    expect((await site.ask("/suppressions", { method: "POST", body: suppressed })).status).toBe(201);
    expect((await site.ask("/lists")).body.items).toEqual([
      {
        name: "everyone",
        title: "A Blog",
        confirmed: 10,
        suppressed: 1,
        unconfirmed: 0,
        unsubscribed: 0,
        channels: ["probe"],
      },
    ]);
    expect((await site.ask("/subscribers?state=suppressed")).body.items).toMatchObject([{ suppressed: "manual" }]);
    const [item] = (await site.ask("/suppressions?list=everyone")).body.items;
    expect(item).toMatchObject({ address: "reader1@example.org", reason: "manual", evidence: "api: asked by phone" });
    const lifted = await site.ask(`/suppressions/${item.id}?reason=a+mistake`, { method: "DELETE" });
    expect(lifted).toMatchObject({ status: 200, body: { id: item.id } });
    expect((await site.ask("/suppressions")).body).toEqual({ items: [], next: null });
    expect((await site.ask(`/suppressions/${item.id}`, { method: "DELETE" })).status).toBe(404);
    expect((await site.ask("/bounces?kind=hard")).body).toEqual({ items: [], next: null });
  });

  it("show channels with their health, workers, feeds, publications and posts", async () => {
    await using site = await openSite();
    expect((await site.ask("/channels")).body.items).toMatchObject([
      { name: "probe", medium: "email", list: "everyone", health: "ok", working: true, problem: null },
    ]);
    const [worker] = (await site.ask("/workers?state=working")).body.items;
    expect(worker).toMatchObject({ pid: process.pid, channels: ["probe"], goneAt: null });
    expect((await site.ask("/workers?state=gone")).body.items).toEqual([]);
    expect((await site.ask("/feeds")).body.items).toEqual([]);

    await site.test.publish(aPost({ id: "next.md", url: "https://example.org/blog/next/" }));
    await site.test.settled("next.md");
    const publications = (await site.pages("/publications", 1)).flat();
    expect(publications).toMatchObject([
      { post: "next.md", channels: [{ name: "probe", prepared: 10 }] },
      { post: "hello.md" },
    ]);
    expect((await site.ask(`/publications/${publications[0]?.["id"]}`)).body).toEqual(publications[0]);
    expect((await site.pages("/publications?post=hello.md&channel=probe", 1)).flat()).toEqual([publications[1]]);

    // Without parameters, all posts at once, as before.
    const all = (await site.ask("/posts")).body;
    expect(all.posts).toHaveLength(2);
    expect(all).not.toHaveProperty("next");
    const paged = (await site.pages("/posts", 1)).flat();
    expect(paged.map(({ post }) => post)).toEqual(["next.md", "hello.md"]);
    expect(paged[1]).toEqual(all.posts.find(({ post }: { post: string }) => post === "hello.md"));
  });

  it("tell when nobody sends for a channel, and when its campaign is paused", async () => {
    await using backend = await openBackend({});
    await using test = await openTestApp(backend, [openProbe().adapter]);
    await addReaders(test, 1);
    const admin: Actor = { name: "admin", door: "token", permissions: ["read", "operate"], isLocal: false };
    const channel = () => perform(showChannel, { channel: "probe" }, admin, test.app.desk);
    expect(await channel()).toMatchObject({ health: "ok", open: 0, lastPublishedAt: null });
    await test.publish();
    const campaign = (await test.app.ledger.campaigns())[0]?.id ?? "";
    expect(await channel()).toMatchObject({
      health: "idle",
      problem: expect.stringContaining("postrider serve"),
      open: 1,
    });
    await perform(pauseCampaign, { campaign, reason: "wrong link" }, admin, test.app.desk);
    expect(await channel()).toMatchObject({ health: "paused", paused: 1 });
  });

  it("show the numbers of a mailing as they are, also after something of it has changed", async () => {
    await using site = await openSite();
    const { ledger } = site.test.app;
    await ledger.closeFinished(["probe"]);
    const shown = async () => {
      const [campaign] = (await site.ask("/campaigns")).body.campaigns;
      const [post] = (await site.ask("/posts?limit=1")).body.items;
      const { counts, failures } = post.channels.probe;
      expect(campaign.counts).toEqual(counts);
      return { counts, failures: failures.map(({ state, count }: { state: string; count: number }) => [state, count]) };
    };
    expect(await shown()).toMatchObject({
      counts: { accepted: 8, refused: 1, uncertain: 1, pending: 0 },
      failures: [
        ["refused", 1],
        ["uncertain", 1],
      ],
    });
    const [uncertain] = (await site.ask("/deliveries?state=uncertain")).body.items;
    const verdict = { verdict: "arrived", reason: "the reader has it" };
    await site.ask(`/deliveries/${uncertain.id}/verdict`, { method: "PUT", body: verdict });
    expect(await shown()).toMatchObject({ counts: { accepted: 9, uncertain: 0 }, failures: [["refused", 1]] });

    const [refused] = (await site.ask("/deliveries?state=refused")).body.items;
    await site.ask(`/deliveries/${refused.id}/retries`, { method: "POST" });
    await expect
      .poll(async () => (await site.ask(`/deliveries/${refused.id}`)).body.state, { timeout: 120_000 })
      .toBe("refused");
    expect(await shown()).toMatchObject({ counts: { accepted: 9, refused: 1 } });
  });

  it("show no reader to somebody who may only read", async () => {
    await using site = await openSite();
    const viewer: Actor = { name: "viewer", door: "token", permissions: ["read"], isLocal: false };
    const { desk } = site.test.app;
    const { items } = await perform(listDeliveries, {}, viewer, desk);
    expect(items).toHaveLength(10);
    expect(items.every(({ subscriber, address }) => subscriber === null && address === null)).toBe(true);
    expect(await perform(showDelivery, { delivery: items[0]?.id ?? "" }, viewer, desk)).toMatchObject({
      address: null,
    });
    for (const filter of [{ domain: "example.org" }, { subscriber: "1" }])
      await expect(perform(listDeliveries, filter, viewer, desk)).rejects.toMatchObject({ code: "forbidden" });
  });
});
