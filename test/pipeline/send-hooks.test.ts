/** How messages to webhooks are sent: signed, in order, again and again, and never into a private network. */

import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { hookFetch } from "#app/serving/hooks.ts";
import type { HookSettings } from "#core/hooks/hook.ts";
import { nextTryMs } from "#core/hooks/schedule.ts";
import { hookHeaders } from "#core/hooks/signature.ts";
import { permissions } from "#core/people/permission.ts";
import type { Alert } from "#core/sending/alert.ts";
import { perform } from "#desk/act.ts";
import { enableHook, listHooks, pageHookMessages, replayHookMessage } from "#desk/hooks/webhooks.ts";
import { type HookPorts, sendHookMessages } from "#pipeline/hooks/send-hooks.ts";
import { keepHooks, openHookOutbox } from "#store/hooks/hook-outbox.ts";
import { openAlerts } from "#store/jobs/alerts.ts";
import { openTestApp, silent } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { hookSecret, openHookReceiver } from "../support/hook-receiver.ts";
import { openProbe } from "../support/probe.ts";

const operator = { name: "cli", door: "command line", permissions, isLocal: true } as const;

async function openHooks(changes: Partial<HookSettings> = {}) {
  await using stack = new AsyncDisposableStack();
  const receiver = stack.use(await openHookReceiver());
  const backend = stack.use(await openBackend({}));
  const { app } = stack.use(await openTestApp(backend, [openProbe().adapter]));
  const hook: HookSettings = {
    ...{ url: receiver.url, events: ["post.withdrawn"], secrets: [hookSecret], ordered: false, private: true },
    ...changes,
  };
  await keepHooks(app.database, [hook]);
  const ports: HookPorts = {
    ...{ outbox: openHookOutbox(app.database), fetchFor: hookFetch, clock: { now: () => new Date() } as never },
    log: silent,
  };
  const { pool } = app.database;
  const closing = stack.move();
  return {
    ...{ receiver, app, hook, pool },
    happen: (post: string) =>
      pool.query("insert into postrider.event (kind, actor, post_id, data) values ('post.withdrawn', 'cli', $1, $2)", [
        ...[post, JSON.stringify({ reason: "no" })],
      ]),
    send: () => sendHookMessages(hook, ports, AbortSignal.timeout(60_000)),
    /** As if the time of the next attempt had come. */
    wait: () => pool.query("update postrider.hook_message set due_at = now() where state = 'waiting'"),
    async messages() {
      return (await perform(pageHookMessages, {}, operator, app.desk)).items;
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

describe("The signature of a message", () => {
  it("is the one in the example of Standard Webhooks, and fits each secret while one is replaced", () => {
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const body = '{"test": 2432232314}';
    const now = new Date(1_614_265_330_000);
    const headers = hookHeaders([secret, hookSecret], { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", body, now });
    expect(headers["webhook-signature"]).toMatch(/^v1,g0hM9SsE\+OTPJTGt\/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,/);
    const fresh = hookHeaders([secret, hookSecret], { id: "1", body, now: new Date() });
    for (const each of [secret, hookSecret])
      expect(new Webhook(each).verify(body, fresh)).toEqual({ test: 2432232314 });
    expect(() => new Webhook(`whsec_${"A".repeat(32)}`).verify(body, fresh)).toThrow();
  });
});

describe("A message to a webhook", () => {
  it("is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, and then given up and reported", async () => {
    const seconds = Array.from({ length: 9 }, (_, tries) => nextTryMs(tries, 0)).map((ms) => ms && ms / 1_000);
    expect(seconds).toEqual([0, 5, 300, 1_800, 7_200, 18_000, 36_000, 36_000, null]);
    expect(nextTryMs(1, 1)).toBe(5_500);
    await using hooks = await openHooks();
    hooks.receiver.answer = () => 500;
    await hooks.happen("one.md");
    for (let attempt = 1; attempt <= 8; attempt++) {
      await hooks.send();
      expect(hooks.receiver.asked).toHaveLength(attempt);
      await hooks.send();
      expect(hooks.receiver.asked).toHaveLength(attempt);
      await hooks.wait();
    }
    await hooks.send();
    const [message] = await hooks.messages();
    expect(message).toMatchObject({ state: "given-up", nextTryAt: null });
    expect(message?.attempts.map(({ status }) => status)).toEqual(Array(8).fill(500));
    expect(new Set(hooks.receiver.asked).size).toBe(1);
    const told: Alert[] = [];
    await openAlerts(hooks.app.database, silent).hand(async (alerts) => void told.push(...alerts));
    expect(told).toMatchObject([{ kind: "hook", event: "post.withdrawn", isGone: false, error: "status 500" }]);
  });

  it("is sent again by hand, with the same id", async () => {
    await using hooks = await openHooks();
    await hooks.happen("one.md");
    await hooks.send();
    const [message] = await hooks.messages();
    expect(message).toMatchObject({ state: "sent", event: "post.withdrawn" });
    await perform(replayHookMessage, { message: message?.id ?? "" }, operator, hooks.app.desk);
    await hooks.send();
    expect(hooks.receiver.received.map(({ id }) => id)).toEqual([message?.id, message?.id]);
    expect((await hooks.messages())[0]).toMatchObject({ state: "sent", attempts: [{ status: 204 }, { status: 204 }] });
    for (const id of ["x", "1b4e28ba-2fa1-41d2-883f-0016d3cca427"])
      await expect(perform(replayHookMessage, { message: id }, operator, hooks.app.desk)).rejects.toMatchObject({
        code: "not_found",
      });
  });

  it("is the last one to a receiver that answers 410, until an operator switches the webhook on again", async () => {
    await using hooks = await openHooks();
    hooks.receiver.answer = () => 410;
    await hooks.happen("one.md");
    await hooks.send();
    await hooks.happen("two.md");
    await hooks.wait();
    await hooks.send();
    expect(hooks.receiver.asked).toHaveLength(1);
    const [hook] = (await perform(listHooks, {}, operator, hooks.app.desk)).hooks;
    expect(hook).toMatchObject({ state: "off", waiting: 1 });
    const [message] = await hooks.messages();
    await expect(
      perform(replayHookMessage, { message: message?.id ?? "" }, operator, hooks.app.desk),
    ).rejects.toMatchObject({ code: "conflict" });
    hooks.receiver.answer = () => 204;
    expect(await perform(enableHook, { webhook: hook?.id ?? "" }, operator, hooks.app.desk)).toMatchObject({
      state: "on",
    });
    await hooks.send();
    expect(hooks.receiver.received.map(({ data }) => data.post)).toEqual(["one.md"]);
  });

  it("waits for the one before it about the same thing if the order matters, and for no other", async () => {
    await using hooks = await openHooks({ ordered: true });
    for (const post of ["a.md", "a.md", "b.md", "a.md"]) await hooks.happen(post);
    let fails = 1;
    hooks.receiver.answer = ({ data }) => (data.post === "a.md" && fails-- > 0 ? 503 : 204);
    await hooks.send();
    expect(hooks.receiver.received.map(({ data }) => data.post)).toEqual(["b.md"]);
    await hooks.wait();
    await hooks.send();
    expect(hooks.receiver.received.map(({ data }) => data.post)).toEqual(["b.md", "a.md", "a.md", "a.md"]);
    const ofA = hooks.receiver.received.slice(1).map(({ id }) => id);
    expect((await hooks.messages()).map(({ id }) => id).filter((id) => ofA.includes(id))).toEqual(ofA.toReversed());
  });

  it("is not sent to a private address, unless the webhook may have one", async () => {
    await using hooks = await openHooks({ private: false });
    await hooks.happen("one.md");
    await hooks.send();
    expect(hooks.receiver.asked).toEqual([]);
    const [message] = await hooks.messages();
    expect(message?.attempts).toMatchObject([
      { status: null, error: expect.stringContaining("is in a private network") },
    ]);
  });

  it("does not follow a redirect", async () => {
    await using hooks = await openHooks();
    hooks.receiver.answer = () => 307;
    await hooks.happen("one.md");
    await hooks.send();
    expect((await hooks.messages())[0]).toMatchObject({ state: "waiting", attempts: [{ status: 307, error: null }] });
  });

  it("is not written for a webhook that was removed from the configuration", async () => {
    await using hooks = await openHooks();
    await hooks.happen("one.md");
    await keepHooks(hooks.app.database, []);
    await hooks.happen("two.md");
    await keepHooks(hooks.app.database, [hooks.hook]);
    await hooks.send();
    expect(hooks.receiver.asked).toEqual([]);
    expect(await hooks.messages()).toMatchObject([{ state: "given-up", attempts: [] }]);
  });
});
