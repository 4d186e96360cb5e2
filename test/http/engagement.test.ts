/** Opens and clicks: only where a list wants them, by links that lead nowhere but where the mail said. */

import { describe, expect, it } from "vitest";
import smtp from "#adapters/smtp.ts";
import { signToken } from "#core/readers/token.ts";
import { fillSlots } from "#core/renditions/slots.ts";
import { deliveryKey } from "#core/sending/idempotency.ts";
import { addReaders, aPost, openTestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openReaderSite, type ReaderSite, secret } from "../support/reader-site.ts";
import { openSink } from "../support/sink.ts";

const tracking = "lists: { everyone: { tracking: true } }\n";
const person = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" };
const apple = { "user-agent": "Mozilla/5.0" };
const target = "https://example.net/story?a=1&b=%C3%A9#part";
const post = aPost({ body: `Read [this](${target}) and [that](https://example.com/).\n` });

/** Two readers have the mail. */
async function openMailed(more = tracking): Promise<ReaderSite & { bodies: { html: string; text: string }[] }> {
  const site = await openReaderSite(more);
  await addReaders(site.test, 2);
  await site.test.publish(post);
  await site.test.settled();
  const bodies = site.mails.map(({ rendition, recipient }) => fillSlots(rendition, recipient));
  return Object.assign(site, { bodies });
}

const linksOf = (html = ""): string[] =>
  [...html.matchAll(/href="(https:\/\/news\.example\.org\/click\/[^"]+)"/g)].map(([, link]) => link ?? "");
const pointOf = (html = ""): string => /src="(https:\/\/news\.example\.org\/open\/[^"]+)"/.exec(html)?.[1] ?? "none";
const look = (url: string, headers: Record<string, string>, method = "GET"): Promise<Response> =>
  fetch(url, { headers, method, redirect: "manual" });
const engagement = ({ test }: ReaderSite) => test.app.desk.engagement("hello.md", "everyone");

describe("Opens and clicks", () => {
  it("are not tracked by default: the email has unchanged links and no tracking picture", async () => {
    await using site = await openMailed("");
    const [mail] = site.bodies;
    expect(mail?.html).toContain(`href="${target.replaceAll("&", "&amp;")}"`);
    expect(mail?.html).not.toMatch(/\/click\/|\/open\//);
    expect(await engagement(site)).toBeNull();
  });

  it("are redirected in the HTML part of tracked lists, with each reader's own link, and not in the text part", async () => {
    await using site = await openMailed();
    const [one, other] = site.bodies;
    expect(linksOf(one?.html).length).toBeGreaterThan(1);
    expect(linksOf(one?.html)[0]).not.toBe(linksOf(other?.html)[0]);
    expect(one?.html).not.toContain('href="https://example.net');
    expect(one?.text).toContain(target);
    expect(one?.text).not.toMatch(/\/click\/|\/open\//);
    // The ways out are what they were.
    expect(one?.html).toMatch(/href="https:\/\/news\.example\.org\/unsubscribe\/[\w.-]+"/);
  });

  it("are counted once for each reader, and the reader gets to the original address", async () => {
    await using site = await openMailed();
    const [mail] = site.bodies;
    const open = await look(site.here(pointOf(mail?.html)), person);
    expect([open.status, open.headers.get("content-type"), open.headers.get("cache-control")]).toEqual([
      200,
      "image/gif",
      "no-store",
    ]);
    expect((await open.arrayBuffer()).byteLength).toBe(42);
    const links = linksOf(mail?.html).map((link) => site.here(link));
    const places: (string | null)[] = [];
    for (const link of links) {
      places.push((await look(link, person)).headers.get("location"));
      // A person reads for a minute before the next one.
      await site.test.app.database.pool.query("update postrider.engagement set at = at - interval '1 minute'");
    }
    expect(places).toContain(target);
    expect(places).toContain("https://example.com/");
    await look(links[0] ?? "", person);
    const seen = await engagement(site);
    expect(seen).toMatchObject({ opened: 1, prefetched: 0, clicked: 1 });
    expect(seen?.links).toContainEqual({ url: target, clicked: 1, prefetched: 0 });
    expect(seen?.links.every(({ clicked }) => clicked === 1)).toBe(true);
  });

  it("by a machine are counted separately, until a reader opens or clicks", async () => {
    await using site = await openMailed();
    const [one, other] = site.bodies.map(({ html }) => site.here(pointOf(html)));
    await look(one ?? "", apple);
    await look(other ?? "", { "user-agent": "BarracudaSentinel (EE)" });
    await look(other ?? "", {}, "HEAD");
    expect(await engagement(site)).toMatchObject({ opened: 0, prefetched: 2, clicked: 0 });
    await look(one ?? "", person);
    await look(one ?? "", apple);
    expect(await engagement(site)).toMatchObject({ opened: 1, prefetched: 1 });
  });

  it("are no open redirect: an unsigned target is refused, and a signature is valid for one target only", async () => {
    await using site = await openMailed();
    const link = site.here(linksOf(site.bodies[0]?.html)[0]);
    const [, seen = ""] = /\/click\/([^/]+)\//.exec(link) ?? [];
    const evil = "https://evil.example/";
    const bad = [
      encodeURIComponent(evil),
      signToken("another secret", "click", [evil]),
      signToken(secret, "view", [evil]),
      `${link.split("/").at(-1)}x`,
    ];
    for (const target of bad) {
      const answer = await look(`${site.url}/click/${seen}/${target}`, person);
      expect([answer.status, answer.headers.get("location")]).toEqual([404, null]);
    }
    expect((await look(`${site.url}/click/${seen}/x?url=${evil}`, person)).headers.get("location")).toBeNull();
    // Neither part opens anything else.
    for (const token of [seen, link.split("/").at(-1)])
      for (const path of ["unsubscribe", "preferences", "confirm"])
        expect((await look(`${site.url}/${path}/${token}`, person)).status).toBe(404);
    // Without a reader's own part it leads on all the same, and says nothing of anybody.
    const forwarded = await look(link.replace(seen, "nobody"), person);
    expect(forwarded.headers.get("location")).toMatch(/^https:/);
    expect(await engagement(site)).toBeNull();
  });

  it("are announced on the preferences page, are in the reader's download, and are erased with the reader", async () => {
    await using site = await openMailed();
    const recipient = site.mails[0]?.recipient;
    const page = await (await fetch(site.here(recipient?.preferencesUrl))).text();
    expect(page).toContain("we see whether you open an email and which links you click");
    await look(site.here(pointOf(site.bodies[0]?.html)), person);
    const { rows } = await site.test.app.database.pool.query<{ hash: string }>(
      "select hash from postrider.subscriber where address = $1",
      [recipient?.address],
    );
    const proved = `${site.url}/preferences/${signToken(secret, "data", [rows[0]?.hash ?? "", "everyone"])}`;
    expect(await (await site.post(proved, { do: "download" })).json()).toMatchObject({
      seen: [{ post: "hello.md", kind: "open", byMachine: false }],
    });
    await site.test.app.subscribers.forget(recipient?.address ?? "");
    expect(await engagement(site)).toBeNull();
  });

  it("can select readers in segments, without counting machines", async () => {
    await using site = await openMailed();
    const [one, other] = site.bodies;
    await look(site.here(linksOf(one?.html)[0]), person);
    await look(site.here(pointOf(other?.html)), apple);
    const [channel] = site.test.channels;
    if (!channel) throw new Error("no channel");
    const among = async (segment: string) =>
      (await site.test.app.ledger.audienceOf({ ...channel, sending: { segment } })).pending;
    expect(await among("clicked exists")).toBe(1);
    expect(await among("clicked within 1 day")).toBe(1);
    expect(await among("opened exists")).toBe(0);
  });

  it("are not in the archive", async () => {
    await using site = await openMailed();
    const page = await (await fetch(`${site.url}/archive/hello`)).text();
    expect(page).toContain("example.net/story");
    expect(page).not.toMatch(/\/click\/|\/open\//);
  });

  it("have each reader's own links in bulk emails, too", async () => {
    await using sink = await openSink();
    await using backend = await openBackend({});
    await using test = await openTestApp(backend, [smtp], { smtp: `url: "${sink.url}"` }, { secret }, {}, tracking);
    await addReaders(test, 3);
    await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
    await test.publish(post);
    expect((await test.settled()).channels["smtp"]?.counts.accepted).toBe(3);
    const body = sink.lastMail().replace(/=\r\n/g, "").replace(/=3D/g, "=");
    const { pathname } = new URL(pointOf(body));
    const { rows } = await test.app.database.pool.query<{ hash: string }>(
      "select hash from postrider.subscriber where address = $1",
      [/^To: (?:.*<)?([^<>\s]+)/m.exec(body)?.[1]],
    );
    const key = deliveryKey({ channel: "smtp", postId: post.id, recipient: rows[0]?.hash ?? "", generation: 1 });
    expect(pathname).toBe(`/open/${signToken(secret, "seen", [key.slice(0, 20)])}`);
    for (const link of linksOf(body)) expect(link).toContain(pathname.split("/").at(-1));
    expect(linksOf(body).length).toBeGreaterThan(1);
  });
});
