/** Limits to channels and lists: what is beyond them is refused, and not shown. */

import { beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import type { SiteContext } from "#app.ts";
import { PostriderError } from "#core/errors.ts";
import { type Limits, limitKinds } from "#core/people/limits.ts";
import { permissions } from "#core/people/permission.ts";
import { type Act, type Actor, perform } from "#desk/act.ts";
import { cancelCampaign, chooseSubject, pauseCampaign, resumeCampaign } from "#desk/campaigns/control.ts";
import { auditCampaign, listCampaigns, showCampaign } from "#desk/campaigns/read.ts";
import { decideDelivery } from "#desk/deliveries/decide.ts";
import { listDeliveries, showDelivery } from "#desk/deliveries/list.ts";
import { retryDelivery } from "#desk/deliveries/retry.ts";
import { approveEdition, declineEdition } from "#desk/jobs/decide.ts";
import { listEditions, showEdition } from "#desk/jobs/read.ts";
import type { DeskPorts } from "#desk/ports.ts";
import { listPublications, pagePosts, showPublication } from "#desk/posts/pages.ts";
import { approvePlan, executePlan, makePlan, showPlan } from "#desk/posts/plans.ts";
import { publishPosts } from "#desk/posts/publish.ts";
import { republishPost } from "#desk/posts/republish.ts";
import { sendTest } from "#desk/posts/send-test.ts";
import { status } from "#desk/posts/status.ts";
import { withdrawPost } from "#desk/posts/withdraw.ts";
import { addReader } from "#desk/readers/add.ts";
import { removeReaderById } from "#desk/readers/by-id.ts";
import { pageLists, pageReaders, pageSegments } from "#desk/readers/pages.ts";
import { countReaders, exportReaders, listReaders } from "#desk/readers/read.ts";
import { removeReader } from "#desk/readers/remove.ts";
import { removeList } from "#desk/readers/remove-list.ts";
import { countSegment } from "#desk/readers/segment.ts";
import { suppressAddress, unsuppressAddress } from "#desk/readers/suppress.ts";
import { listChannels, showChannel } from "#desk/site/pages.ts";
import { addReaders, aPost, openTestApp, type TestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { noContent } from "../support/content.ts";
import { openProbe } from "../support/probe.ts";
import { actsOfTheDesk } from "./acts.ts";

const limited = (limits: Limits): Actor => ({ name: "ada", door: "token", permissions, limits, isLocal: false });
const staffOnly: readonly Limits[] = [{ channels: ["internal"] }, { lists: ["staff"] }];
const acts = await actsOfTheDesk();

describe("Limits to channels and lists", () => {
  it("refuse every act that can't keep within them, and no other", async () => {
    for (const [name, act] of acts) {
      if ([act.needs].flat().some((need) => need === "self" || need === "sign-in")) continue;
      for (const kind of limitKinds) {
        const outcome: unknown = await perform(act, {}, limited({ [kind]: ["one"] }), {} as never).catch((e) => e);
        const isHeld = act.within?.includes(kind) ?? false;
        const said = (outcome as { message?: string } | null)?.message ?? "";
        expect([name, kind, said.includes("and this concerns others")]).toEqual([name, kind, !isHeld]);
      }
    }
  });

  it("can be held for these acts only: whoever adds one must think about limits", () => {
    const held = (kind: "channels" | "lists"): string[] =>
      [...acts].filter(([, { within = [] }]) => within.includes(kind)).map(([name]) => name);
    const lists = held("lists");
    const channelsOnly = held("channels").filter((name) => !lists.includes(name));
    expect(channelsOnly.sort()).toEqual([
      ...["bringReaderBack", "describeReader", "exportSuppressions", "forgetReader", "forgetReaderById"],
      ...["liftSuppression", "listDeliveries", "pageBounces", "pageSuppressions", "recordReceived", "showReader"],
      ...["showReaderById", "watchEvents"],
    ]);
    expect(lists.filter((name) => !held("channels").includes(name)).sort()).toEqual(["buildFeeds", "withdrawItem"]);
    const refused = [...acts.keys()].filter((name) => ![...lists, ...held("channels")].includes(name));
    expect(refused.sort()).toEqual([
      ...["addPasskey", "addPerson", "armDatabase", "confirm", "createSignInLink", "createToken", "enableHook"],
      ...["endSession", "endSessions", "findSession", "listHooks", "listJobs", "listPasskeys", "listPeople"],
      ...[
        "listTokens",
        "listWorkers",
        "openSession",
        "openSessionByPasskey",
        "openSessionByProvider",
        "pageHookMessages",
        "pageJobs",
        "pageOccurrences",
        "pagePeople",
      ],
      ...["pageTokens", "planJob", "readLog", "removePasskey", "removePerson", "replayHookMessage", "requestData"],
      ...["retainData", "revokeToken", "runJob", "setLimits", "setRole", "setTimers"],
      ...["showPerson", "showToken", "subscribe"],
    ]);
  });
});

/** `probe` sends to the list `everyone`, `internal` to `staff`. The post `hello.md` was published on both. */
async function openSite() {
  const stack = new AsyncDisposableStack();
  const backend = stack.use(await openBackend({}));
  const probe = openProbe();
  const posts = [aPost(), aPost({ id: "new.md", url: "https://example.org/blog/new/" })];
  const content: SiteContext["content"] = {
    ...noContent,
    async read(path) {
      const post = posts.find(({ id }) => path.endsWith(`/${id}`));
      if (!post) throw new PostriderError("not_found", "There is no such file");
      return { path, post, diagnostics: [] };
    },
  };
  const internal = "  internal:\n    adapter: probe\n    list: staff\n    from: A Blog <news@example.org>\n";
  const test = stack.use(await openTestApp(backend, [probe.adapter], {}, {}, { content }, internal));
  await addReaders(test, 2);
  await test.app.subscribers.add([{ address: "boss@example.org" }], { list: "staff", source: "test" });
  await test.publish();
  const [campaign] = await test.app.ledger.campaigns();
  return { test, probe, id: campaign?.id ?? "", [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

describe("An actor with limits", () => {
  let site: Awaited<ReturnType<typeof openSite>>;
  let test: TestApp;
  let id: string;
  beforeAll(async () => {
    site = await openSite();
    ({ test, id } = site);
    return () => site[Symbol.asyncDispose]();
  });

  function ask<Asked extends z.ZodType, Answer>(
    act: Act<Asked, Answer, DeskPorts & { stop: AbortSignal }>,
    asked: z.input<Asked>,
    limits: Limits,
  ): Promise<Answer> {
    return perform(act, asked, limited(limits), { ...test.app.desk, stop: new AbortController().signal });
  }

  /** How the act is refused. */
  function refusal(act: { asks: z.ZodType }, asked: object, limits: Limits): Promise<unknown> {
    return ask(act as Act<z.ZodType, unknown, DeskPorts>, asked, limits).then(
      () => "not refused",
      (error: unknown) => error,
    );
  }

  it("is refused other channels, and all channels, and is told which are theirs", async () => {
    for (const [limits, others] of [
      [{ channels: ["internal"] }, "You are limited to the channel internal, and this concerns the channel probe"],
      [{ lists: ["staff"] }, "You are limited to the list staff, and the channel probe sends to the list everyone"],
    ] as const) {
      const all = `You are limited to the ${"lists" in limits ? "list staff" : "channel internal"}: name the channels`;
      const both = { channels: ["internal", "probe"] };
      const forbidden = (message: string) => ({ code: "forbidden", message });
      const publish = { posts: ["new.md"] };
      expect(await refusal(publishPosts, publish, limits)).toMatchObject(forbidden(all));
      expect(await refusal(publishPosts, { ...publish, dryRun: true }, limits)).toMatchObject(forbidden(all));
      expect(await refusal(publishPosts, { ...publish, ...both }, limits)).toMatchObject(forbidden(others));
      const republish = { post: "hello.md", mode: "retry" as const };
      expect(await refusal(republishPost, republish, limits)).toMatchObject(forbidden(all));
      expect(await refusal(republishPost, { ...republish, ...both }, limits)).toMatchObject(forbidden(others));
      expect(await refusal(withdrawPost, { post: "hello.md" }, limits)).toMatchObject(forbidden(all));
      expect(await refusal(withdrawPost, { post: "hello.md", ...both }, limits)).toMatchObject(forbidden(others));
      const mail = { post: "hello.md", to: ["me@example.org"] };
      expect(await refusal(sendTest, mail, limits)).toMatchObject(forbidden(all));
      expect(await refusal(sendTest, { ...mail, channel: "probe" }, limits)).toMatchObject(forbidden(others));
    }
    expect(site.probe.calls).toEqual([]);
  });

  it("publishes on a channel of theirs, and sees only that part of the publication", async () => {
    for (const limits of staffOnly) {
      const asked = { posts: ["new.md"], channels: ["internal"] };
      const planned = await ask(publishPosts, { ...asked, dryRun: true }, limits);
      expect(planned.plan?.posts[0]?.channels.map(({ channel }) => channel)).toEqual(["internal"]);
      const { publications } = await ask(publishPosts, { ...asked, posts: ["hello.md"] }, limits);
      expect(publications.map(({ channels }) => Object.keys(channels))).toEqual([["internal"]]);
      const shown = await ask(status, {}, limits);
      expect(shown.publications.map(({ channels }) => Object.keys(channels))).toEqual([["internal"]]);
      expect((await ask(status, {}, { channels: ["feed"] })).publications).toEqual([]);
    }
  });

  it("makes, sees and carries out only plans for channels of theirs", async () => {
    const asked = { posts: ["new.md"] };
    const both = await perform(makePlan, { ...asked, channels: ["internal", "probe"] }, limited({}), test.app.desk);
    for (const limits of staffOnly) {
      expect(await refusal(makePlan, asked, limits)).toMatchObject({ code: "forbidden" });
      for (const act of [showPlan, approvePlan, executePlan])
        expect(await refusal(act, { plan: both.plan.hash }, limits)).toMatchObject({ code: "forbidden" });
      const { plan } = await ask(makePlan, { ...asked, channels: ["internal"] }, limits);
      expect((await ask(showPlan, { plan: plan.hash }, limits)).plan.hash).toBe(plan.hash);
    }
  });

  it("sees, pauses and cancels only campaigns of theirs", async () => {
    for (const limits of staffOnly) {
      const { campaigns } = await ask(listCampaigns, {}, limits);
      expect(campaigns.map(({ channel }) => channel)).toEqual(["internal"]);
      expect((await ask(showCampaign, { campaign: id }, limits)).campaigns).toHaveLength(1);
      const { audits } = await ask(auditCampaign, { campaign: id }, limits);
      expect(audits.map(({ channel }) => channel)).toEqual(["internal"]);
      const whole = { campaign: id, reason: "no" };
      for (const act of [pauseCampaign, resumeCampaign, cancelCampaign]) {
        expect(await refusal(act, whole, limits)).toMatchObject({ code: "forbidden" });
        expect(await refusal(act, { ...whole, channel: "probe" }, limits)).toMatchObject({ code: "forbidden" });
      }
      const choice = { campaign: id, channel: "probe", subject: 1 };
      expect(await refusal(chooseSubject, choice, limits)).toMatchObject({ code: "forbidden" });
      expect((await ask(pauseCampaign, { ...whole, channel: "internal" }, limits)).campaigns).toMatchObject([
        { channel: "internal", state: "paused" },
      ]);
      await ask(resumeCampaign, { ...whole, channel: "internal" }, limits);
    }
    for (const act of [showCampaign, auditCampaign])
      expect(await refusal(act, { campaign: id }, { channels: ["feed"] })).toMatchObject({ code: "forbidden" });
    expect((await test.app.ledger.campaigns()).map(({ state }) => state)).toEqual(["sending", "sending"]);
  });

  it("tries only deliveries of theirs again", async () => {
    const { rows } = await test.app.database.pool.query<{ id: string; channel: string }>(
      "update postrider.delivery set state = 'refused' returning id, channel",
    );
    const of = (channel: string): string => rows.find((row) => row.channel === channel)?.id ?? "";
    const asked = { delivery: of("probe"), reason: "again" };
    for (const limits of staffOnly)
      expect(await refusal(retryDelivery, asked, limits)).toMatchObject({ code: "forbidden" });
    const after = await test.app.database.pool.query("select state from postrider.delivery where id = $1", [
      of("probe"),
    ]);
    expect(after.rows).toEqual([{ state: "refused" }]);
    const [limits = {}] = staffOnly;
    expect(await ask(retryDelivery, { ...asked, delivery: of("internal") }, limits)).toMatchObject({
      state: "pending",
    });
  });

  it("sees and decides only editions of theirs", async () => {
    const { editions } = test.app.jobs;
    const { id: postId, revision } = aPost();
    for (const [number, channel, list] of [
      [1, "probe", "everyone"],
      [2, "internal", "staff"],
    ] as const) {
      const channels = [{ name: channel, adapter: "probe", medium: "email" as const, list }];
      const dated = { scheduledFor: new Date(), expiresAt: null, reviewers: ["ada@example.org"] };
      const edition = { job: "digest", number, postId, revision, title: "A digest", actor: "test", channels, ...dated };
      await test.app.ledger.transaction((tx) =>
        editions.add(tx, { edition, mails: new Map(), pages: new Map(), posts: [] }),
      );
    }
    for (const limits of staffOnly) {
      const listed = await ask(listEditions, {}, limits);
      expect(listed.editions.map(({ number }) => number)).toEqual([2]);
      for (const act of [showEdition, approveEdition, declineEdition])
        expect(await refusal(act, { job: "digest", number: 1 }, limits)).toMatchObject({ code: "forbidden" });
      expect((await ask(showEdition, { job: "digest", number: 2 }, limits)).edition.number).toBe(2);
    }
    const [limits = {}] = staffOnly;
    const declined = await ask(declineEdition, { job: "digest", number: 2 }, limits);
    expect(declined.edition).toMatchObject({ state: "declined", decidedBy: "ada" });
    expect(await editions.find("digest", 1)).toMatchObject({ state: "waiting" });
  });

  it("reads only pages of what is theirs", async () => {
    const { items: channels } = await ask(listChannels, {}, { lists: ["staff"] });
    expect(channels.map(({ name }) => name)).toEqual(["internal"]);
    expect(await refusal(showChannel, { channel: "probe" }, { lists: ["staff"] })).toMatchObject({ code: "forbidden" });
    const deliveries = (await test.app.desk.listings.deliveries.page({}, { after: null, limit: 9 })).items;
    const idOn = (name: string): string => deliveries.find(({ channel }) => channel === name)?.id ?? "";
    for (const limits of staffOnly) {
      expect((await ask(listPublications, {}, limits)).items).toMatchObject([{ id, channels: [{ name: "internal" }] }]);
      expect((await ask(showPublication, { publication: id }, limits)).channels).toHaveLength(1);
      expect((await ask(pagePosts, {}, limits)).items.map((item) => Object.keys(item.channels))).toEqual([
        ["internal"],
      ]);
      expect((await ask(showDelivery, { delivery: idOn("internal") }, limits)).channel).toBe("internal");
      expect(await refusal(showDelivery, { delivery: idOn("probe") }, limits)).toMatchObject({ code: "forbidden" });
      const verdict = { verdict: "leave", reason: "unknown", delivery: idOn("probe") };
      for (const each of ["leave", "arrived", "send-again"])
        expect(await refusal(decideDelivery, { ...verdict, verdict: each }, limits)).toMatchObject({
          code: "forbidden",
        });
    }
    const none = { channels: ["feed"] };
    expect((await ask(listPublications, {}, none)).items).toEqual([]);
    expect(await refusal(showPublication, { publication: id }, none)).toMatchObject({ code: "forbidden" });
    const [byChannel = {}] = staffOnly;
    expect(await refusal(listDeliveries, {}, byChannel)).toMatchObject({ code: "forbidden" });
    expect(await refusal(listDeliveries, { channel: "probe" }, byChannel)).toMatchObject({ code: "forbidden" });
    expect((await ask(listDeliveries, { channel: "internal" }, byChannel)).items).toHaveLength(1);
  });

  it("reads only pages of readers on their lists", async () => {
    const limits = { lists: ["staff"] };
    await test.app.subscribers.add([{ address: "boss@example.org" }], { list: "everyone", source: "test" });
    expect(await refusal(pageReaders, {}, limits)).toMatchObject({ code: "forbidden" });
    expect(await refusal(pageReaders, { list: "everyone" }, limits)).toMatchObject({ code: "forbidden" });
    const { items } = await ask(pageReaders, { list: "staff" }, limits);
    expect(items.map(({ address, lists }) => [address, lists.map(({ name }) => name)])).toEqual([
      ["boss@example.org", ["staff"]],
    ]);
    expect((await ask(pageLists, {}, limits)).items.map(({ name }) => name)).toEqual(["staff"]);
    expect(await refusal(pageSegments, { list: "everyone" }, limits)).toMatchObject({ code: "forbidden" });
    const subscriber = items[0]?.id ?? "";
    for (const list of [undefined, "everyone"])
      expect(await refusal(removeReaderById, { subscriber, list }, limits)).toMatchObject({ code: "forbidden" });
    expect(await test.app.subscribers.unsubscribe("boss@example.org", "everyone")).toBe(1);
  });

  it("reads and changes only readers of their lists", async () => {
    const limits = { lists: ["staff"] };
    const address = "reader0@example.org";
    const reason = "asked";
    const all = { code: "forbidden", message: "You are limited to the list staff: name the list" };
    const other = { code: "forbidden", message: "You are limited to the list staff: this concerns the list everyone" };
    const everyone = { list: "everyone" };
    for (const act of [listReaders, countReaders, exportReaders]) {
      expect(await refusal(act, {}, limits)).toMatchObject(all);
      expect(await refusal(act, everyone, limits)).toMatchObject(other);
    }
    expect(await refusal(removeReader, { address }, limits)).toMatchObject(all);
    expect(await refusal(removeReader, { address, ...everyone }, limits)).toMatchObject(other);
    for (const act of [suppressAddress, unsuppressAddress]) {
      expect(await refusal(act, { address, reason }, limits)).toMatchObject(all);
      expect(await refusal(act, { address, reason, ...everyone }, limits)).toMatchObject(other);
    }
    expect(await refusal(addReader, { address, ...everyone }, limits)).toMatchObject(other);
    expect(await refusal(removeList, everyone, limits)).toMatchObject(other);
    expect(await refusal(countSegment, { ...everyone, segment: "joined within 30 days" }, limits)).toMatchObject(other);
    expect(await ask(countReaders, { list: "staff" }, limits)).toMatchObject({
      lists: [{ name: "staff", confirmed: 1 }],
    });
    expect(await ask(addReader, { address: "new@example.org", list: "staff" }, limits)).toMatchObject({ added: 1 });
    expect(await ask(countReaders, everyone, { channels: ["internal"] })).toMatchObject({
      lists: [{ name: "everyone", confirmed: 2, unsubscribed: 1 }],
    });
  });
});
