/** Ten situations on every network, as its own documents tell them; where one can't happen, the reason stands in its place. */

import { describe, expect, it } from "vitest";
import { adapters } from "./benches.ts";
import bluesky from "./scenarios/bluesky.ts";
import discord from "./scenarios/discord.ts";
import linkedin from "./scenarios/linkedin.ts";
import mastodon from "./scenarios/mastodon.ts";
import matrix from "./scenarios/matrix.ts";
import { type Network, play, type Scenario, situations } from "./scenarios/network.ts";
import nostr from "./scenarios/nostr.ts";
import reddit from "./scenarios/reddit.ts";
import slack from "./scenarios/slack.ts";
import telegram from "./scenarios/telegram.ts";
import threads from "./scenarios/threads.ts";
import webhook from "./scenarios/webhook.ts";
import x from "./scenarios/x.ts";

const overHttp: Network[] = [
  ...[mastodon, bluesky, x, linkedin, telegram, discord, slack, matrix, threads, reddit, webhook],
];

it("leaves out no network", () => {
  const notes = [...adapters.values()].filter(({ medium, name }) => medium === "note" && name !== "outbox");
  const told = [...overHttp, nostr].map(({ name }) => name);
  expect(told.sort()).toEqual(notes.map(({ name }) => name).sort());
});

describe.each(overHttp.map((network) => [network.name, network] as const))("A post on %s", (_name, network) => {
  const told = situations.flatMap((situation) => {
    const scenario = network.scenarios[situation];
    return typeof scenario === "string" ? [] : [[situation, `${network.docs}${scenario.page}`, scenario] as const];
  });

  it.each(told)("when %s: %s", async (situation, _page, scenario: Scenario) => {
    const { outcome, asked, body } = await play(network, situation, scenario);
    expect(outcome).toMatchObject(scenario.outcome);
    expect(JSON.stringify(outcome)).not.toContain("s3cret");
    if (scenario.asked) expect(asked).toEqual(scenario.asked);
    if (scenario.body) expect(body).toMatchObject(scenario.body);
  });
});

describe("A post on nostr", () => {
  const told = situations.flatMap((situation) => {
    const scenario = nostr.scenarios[situation];
    return typeof scenario === "string" ? [] : [[situation, `${nostr.docs}${scenario.page}`, scenario] as const];
  });

  it.each(told)("when %s: %s", async (_situation, _page, { run }) => run());
});
