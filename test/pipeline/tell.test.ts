/** What goes wrong is told to whoever wants to hear of it, until they have heard it; what went well is not. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import type { Post } from "#core/posts/post.ts";
import { tellAlerts } from "#pipeline/campaigns/tell-operator.ts";
import { openAlerts } from "#store/jobs/alerts.ts";
import { addReaders, aPost, openTestApp, silent, type TestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { failure, openProbe } from "../support/probe.ts";

const never = new AbortController().signal;

/** A chat's incoming webhook. */
async function openChat() {
  const chat = { texts: [] as string[], status: 200, url: "" };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => {
      body += part;
    });
    request.on("end", () => {
      if (chat.status === 200) chat.texts.push(JSON.parse(body).text);
      response.writeHead(chat.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  chat.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return {
    ...{ chat },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function titled(id: string, title: string): Post {
  return aPost({ id, title, url: `https://example.org/${id}/` });
}

/** As the sweep does. */
async function tell({ app }: TestApp, url: string | null): Promise<void> {
  await app.ledger.closeFinished(["probe"]);
  await tellAlerts({ alerts: openAlerts(app.database, silent), url, site: "A Blog", send: fetch });
}

describeOnEveryBackend("An operator", (open) => {
  it("gets alerts about missed readers, stopped channels, automatic pauses and a suspiciously small audience", async () => {
    await using backend = await open();
    await using opened = await openChat();
    const { chat } = opened;
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter], { probe: "stopAfterFailures: 2" });
    await addReaders(test, 8);
    await using _workers = await test.app.startWorkers(test.channels, never);

    await test.publish(titled("well.md", "All is well"));
    await test.settled("well.md");
    await tell(test, chat.url);
    expect(chat.texts).toEqual([]);

    probe.answer = async ({ recipient }) => {
      if (recipient.address === "reader3@example.org") throw failure("permanent", "recipient");
      return {};
    };
    await test.publish(titled("one.md", "One no"));
    await test.settled("one.md");
    chat.status = 500;
    await tell(test, chat.url);
    chat.status = 200;
    await tell(test, chat.url);
    expect(chat.texts).toEqual([]);
    await test.app.database.pool.query("update postrider.alert set due_at = now()");
    await Promise.all([tell(test, chat.url), tell(test, chat.url)]);
    expect(chat.texts).toEqual(["A Blog:\n“One no” on probe was sent: 7 accepted, 1 refused."]);

    probe.answer = async () => {
      throw failure("permanent", "channel", { code: "EAUTH", message: "wrong password" });
    };
    await test.publish(titled("two.md", "A wrong password"));
    await test.settled("two.md");
    await tell(test, chat.url);
    expect(chat.texts.splice(1)).toEqual(["A Blog:\n“A wrong password” on probe has stopped: wrong password"]);

    await test.app.database.pool.query(
      `update postrider.subscription set state = 'unsubscribed' where subscriber_id not in (
         select id from postrider.subscriber where address in ('reader0@example.org', 'reader1@example.org'))`,
    );
    probe.answer = async () => ({});
    await test.publish(titled("few.md", "Where is everybody"));
    await test.settled("few.md");
    await tell(test, chat.url);
    expect(chat.texts.splice(1)).toEqual([
      "A Blog:\n“Where is everybody” on probe had only 2 recipients. The previous email had 8.",
    ]);
    await tell(test, chat.url);
    expect(chat.texts).toHaveLength(1);
  });

  it("without an alert address gets no alerts, and none are stored", async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 2);
    probe.answer = async () => {
      throw failure("permanent", "recipient");
    };
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    await test.settled();
    await tell(test, null);
    const { rows } = await test.app.database.pool.query("select 1 from postrider.alert");
    expect(rows).toEqual([]);
  });
});
