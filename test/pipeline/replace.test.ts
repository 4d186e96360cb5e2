/** Replacing a post where a network can't edit: never twice, whatever becomes of the second one. */

import { expect, it } from "vitest";
import { z } from "zod";
import type { Adapter, Schema } from "#core/adapter.ts";
import type { RepublishMode } from "#core/publishing/republish.ts";
import { republish } from "#pipeline/republishing/republish.ts";
import { planRepublication } from "#pipeline/republishing/republish-plan.ts";
import { aPost, openTestApp, type TestApp } from "../support/app.ts";
import { describeOnEveryBackend, type OpenBackend } from "../support/backends.ts";
import { failure } from "../support/probe.ts";

const mended = aPost({ title: "Mended", revision: "b".repeat(64) });

/** A network without edits. What is there is `posts`; `lose` lets it take a post and the answer get lost. */
function openNetwork() {
  const network = { posts: [] as string[], retractions: 0, lose: false, refuse: false };
  const adapter: Adapter = {
    name: "network",
    medium: "note",
    config: z.strictObject({}) as Schema<unknown>,
    traits: { idempotent: false, maxLength: 500 },
    open: async () => ({
      async send({ rendition }) {
        network.posts.push(rendition.title);
        if (network.lose) throw failure("uncertain", "recipient");
        return { remoteId: rendition.title };
      },
      async retract({ remoteId = "" }) {
        if (network.refuse) throw failure("permanent", "recipient");
        network.retractions++;
        network.posts = network.posts.filter((title) => title !== remoteId);
      },
      [Symbol.asyncDispose]: async () => undefined,
    }),
  };
  return { network, adapter };
}

async function again({ app, channels, settled }: TestApp, mode: RepublishMode) {
  const request = { post: mended, channels, mode, replace: mode === "update", actor: "test", reason: "a test" };
  const plan = await planRepublication(request, app.desk);
  await republish({ ...request, signal: AbortSignal.timeout(60_000) }, plan, app.desk);
  const report = await settled();
  return { step: plan.steps[0], counts: report.channels["network"]?.counts };
}

/** A post that is out on such a network. */
async function published(open: OpenBackend, stack: AsyncDisposableStack) {
  const { network, adapter } = openNetwork();
  const backend = stack.use(await open());
  const test = stack.use(await openTestApp(backend, [adapter]));
  stack.use(await test.app.startWorkers(test.channels, new AbortController().signal));
  await test.publish();
  await test.settled();
  return { network, test };
}

describeOnEveryBackend("Replacing a post", (open) => {
  it("leaves an uncertain delivery until the operator retries it, and then posts the current text", async () => {
    await using stack = new AsyncDisposableStack();
    const { network, test } = await published(open, stack);
    network.lose = true;
    expect((await again(test, "update")).counts).toMatchObject({ accepted: 0, uncertain: 1 });
    expect(network.posts).toEqual(["Mended"]);

    network.lose = false;
    const second = await again(test, "update");
    expect(second.step).toMatchObject({
      action: "none",
      reason: expect.stringContaining("it may or may not have been posted: check there"),
    });
    expect(second.counts).toMatchObject({ uncertain: 1 });
    expect([network.posts, network.retractions]).toEqual([["Mended"], 1]);

    // The operator has looked, and it was not there.
    network.posts = [];
    expect(await again(test, "retry")).toMatchObject({
      step: { maybeAgain: 1 },
      counts: { accepted: 1, uncertain: 0 },
    });
    expect(network.posts).toEqual(["Mended"]);
    expect((await again(test, "update")).step).toMatchObject({ action: "none" });
  });

  it("posts once if the process ends between deleting and posting", async () => {
    await using stack = new AsyncDisposableStack();
    const { network, test } = await published(open, stack);
    const request = { post: mended, channels: test.channels, mode: "update" as const, replace: true, actor: "test" };
    const dying = {
      ...test.app.desk,
      ledger: { ...test.app.ledger, withdrawn: () => Promise.reject(new Error("the process ends")) },
    };
    const plan = await planRepublication(request, dying);
    const signal = AbortSignal.timeout(60_000);
    await expect(republish({ ...request, reason: "a test", signal }, plan, dying)).rejects.toThrow("the process ends");
    expect(network.posts).toEqual([]);
    expect(await again(test, "update")).toMatchObject({ step: { action: "replace" }, counts: { accepted: 1 } });
    expect(network.posts).toEqual(["Mended"]);
  });

  it("changes nothing if the network can't delete, and reports it", async () => {
    await using stack = new AsyncDisposableStack();
    const { network, test } = await published(open, stack);
    network.refuse = true;
    await expect(again(test, "update")).rejects.toThrow("Not everything could be edited: network: scripted: permanent");
    expect((await test.settled()).channels["network"]?.counts).toMatchObject({ accepted: 1 });
    expect(network.posts).toEqual(["Hello"]);
  });
});
