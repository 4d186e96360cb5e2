/** Which role may do what: every act with every role, as the table in `docs/guides/people.md` says. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { operator } from "#cli/act.ts";
import { type LinkPermission, type Permission, permissions, permissionsOf, roles } from "#core/people/permission.ts";
import { type Act, type Actor, perform } from "#desk/act.ts";
import { actsOfTheDesk } from "./acts.ts";

const acts = await actsOfTheDesk();

/** What the guide calls each act: its command, or what it does over HTTP. In the order of the guide. */
const named: Readonly<Record<string, string>> = {
  status: "`status`",
  listCampaigns: "`campaigns list`",
  pageCampaigns: "list campaigns, by pages",
  showCampaign: "`campaigns show`",
  auditCampaign: "`audit`",
  listJobs: "`jobs list`",
  listEditions: "`jobs editions`",
  pageJobs: "list jobs, by pages",
  pageEditions: "list editions, by pages",
  pageOccurrences: "list runs of a job",
  showEdition: "`jobs show`",
  listDeliveries: "list deliveries",
  showDelivery: "show a delivery",
  listPublications: "list publications",
  showPublication: "show a publication",
  pagePosts: "list posts",
  listPostFiles: "list files of posts",
  showPostFile: "show the file of a post",
  listChannels: "list channels",
  showChannel: "show a channel",
  listWorkers: "list workers",
  listFeeds: "list feeds",
  watchEvents: "follow events",
  checkPosts: "`check`",
  measureTexts: "`measure`",
  previewPost: "`preview`",
  planJob: "`jobs run --dry-run`",
  makePlan: "make a plan",
  showPlan: "show a plan",
  approvePlan: "`plan approve`",
  executePlan: "carry out a plan",
  publishPosts: "`publish`, `plan`",
  republishPost: "`republish`",
  withdrawPost: "`withdraw`",
  sendTest: "`send-test`",
  chooseSubject: "`campaigns choose`",
  approveEdition: "`jobs approve`",
  declineEdition: "`jobs decline`",
  buildFeeds: "`feed build`",
  withdrawItem: "`feed withdraw`",
  pauseCampaign: "`campaigns pause`",
  resumeCampaign: "`campaigns resume`",
  cancelCampaign: "`campaigns cancel`",
  retryDelivery: "retry a delivery",
  decideDelivery: "decide about a delivery",
  runJob: "`jobs run`",
  setTimers: "`jobs alarms`",
  armDatabase: "`arm`",
  listHooks: "`webhooks list`",
  pageHookMessages: "list messages to webhooks",
  replayHookMessage: "`webhooks replay`",
  enableHook: "`webhooks enable`",
  listReaders: "`subscribers list`",
  countReaders: "`subscribers count`",
  showReader: "`subscribers show`",
  addReader: "`subscribers add`",
  bringReaderBack: "`subscribers add --resubscribe`",
  describeReader: "`subscribers describe`",
  removeReader: "`subscribers remove`",
  forgetReader: "`subscribers forget`",
  importReaders: "`subscribers import`",
  recordReceived: "`subscribers received`",
  exportReaders: "`subscribers export`",
  exportSuppressions: "`subscribers suppressions`",
  countSegment: "`subscribers segment`",
  suppressAddress: "`subscribers suppress`",
  unsuppressAddress: "`subscribers unsuppress`",
  removeList: "`lists remove`",
  retainData: "`subscribers retain`",
  pageReaders: "list subscribers, by pages",
  showReaderById: "show a subscriber, by id",
  removeReaderById: "unsubscribe, by id",
  forgetReaderById: "forget, by id",
  pageLists: "list lists",
  pageSegments: "list segments",
  pageSuppressions: "list suppressions",
  liftSuppression: "lift a suppression",
  pageBounces: "list bounces",
  readLog: "`log`",
  listPeople: "`people list`",
  pagePeople: "list people, by pages",
  showPerson: "show a person",
  addPerson: "`people add`",
  setRole: "`people role`",
  setLimits: "`people limits`",
  removePerson: "`people remove`",
  endSessions: "`people sign-out`",
  listPasskeys: "`people passkeys`",
  removePasskey: "`people passkeys --remove`",
  createSignInLink: "`console link`",
  listTokens: "`tokens list`",
  pageTokens: "list tokens, by pages",
  showToken: "show a token",
  createToken: "`tokens create`",
  revokeToken: "`tokens revoke`",
};

/** Only readers do these, each for themselves. */
const ofReaders = ["subscribe", "confirm", "requestData"];
/** Whoever has the secret of a link or a session does these. */
const ofSigningIn = [
  "openSession",
  "findSession",
  "endSession",
  "openSessionByProvider",
  "openSessionByPasskey",
  "addPasskey",
];

function actNamed(name: string): Act {
  const found = acts.get(name);
  if (!found) throw new Error(`The desk has no act ${name}`);
  return found;
}

const actorWith = (held: Actor["permissions"]): Actor => ({
  name: "test",
  door: "token",
  permissions: held,
  isLocal: false,
});

/** Whether the desk lets them. The act itself fails, because it has no ports. */
async function isAllowed(act: Act, held: Actor["permissions"], asked: object = {}): Promise<boolean> {
  const outcome = await perform(act, asked, actorWith(held), {} as never).catch((error: unknown) => error);
  return (outcome as { code?: string } | null)?.code !== "forbidden";
}

/** The cell of the table. */
async function cell(act: Act, held: readonly Permission[]): Promise<string> {
  if (await isAllowed(act, held)) return "yes";
  return (await isAllowed(act, held, { dryRun: true })) ? "dry run" : "no";
}

async function row(name: string): Promise<string[]> {
  const act = actNamed(name);
  const needs = [act.needs].flat().find((need) => permissions.some((each) => each === need));
  const cells = await Promise.all(roles.map((role) => cell(act, permissionsOf[role])));
  return [named[name] ?? name, `\`${needs}\``, ...cells];
}

function tableOfGuide(): string[][] {
  const guide = readFileSync(new URL("../../docs/guides/people.md", import.meta.url), "utf8");
  const lines = guide.split("\n").filter((line) => /^\| .*\| (yes|no|dry run) +\|$/.test(line));
  return lines.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((each) => each.trim()),
  );
}

describe("An assistant", () => {
  it("can do what needs no more than read or check, and carry out a plan; no scope gives it more", async () => {
    const assistant: Actor = { ...actorWith(permissions), door: "assistant" };
    const allowed: string[] = [];
    for (const [name, act] of acts) {
      const outcome = await perform(act, {}, assistant, {} as never).catch((error: unknown) => error);
      if ((outcome as { code?: string } | null)?.code !== "forbidden") allowed.push(name);
    }
    const open = [...acts].filter(
      ([, { needs }]) => needs === "read" || needs === "check" || [needs].flat().includes("read"),
    );
    expect(allowed.sort()).toEqual([...open.map(([name]) => name), "executePlan"].sort());
    await expect(perform(actNamed("approvePlan"), {}, assistant, {} as never)).rejects.toMatchObject({
      message: "An assistant can't do this (plans.approve)",
    });
  });
});

describe("The permissions of the desk", () => {
  it("give every act a name in the guide", () => {
    expect([...acts.keys()].sort()).toEqual([...Object.keys(named), ...ofReaders, ...ofSigningIn].sort());
  });

  it("allow and refuse every act for every role as the table in the guide says", async () => {
    expect(tableOfGuide()).toEqual(await Promise.all(Object.keys(named).map(row)));
  });

  it("let a dry run be made with `check`, but not when it shows readers", async () => {
    const canDryRun = [...acts].filter(([, { asks }]) => "shape" in asks && "dryRun" in (asks.shape as object));
    const free: string[] = [];
    for (const [name, act] of canDryRun) if (await isAllowed(act, ["check"], { dryRun: true })) free.push(name);
    expect(free.sort()).toEqual(["publishPosts", "republishPost", "setTimers", "withdrawPost"]);
    expect(canDryRun.length).toBeGreaterThan(free.length);
    // Only exactly `true` is a dry run.
    for (const dryRun of [false, 1, "true", null, undefined, {}])
      for (const [, act] of canDryRun) expect(await isAllowed(act, ["check"], { dryRun })).toBe(false);
  });

  it("allow each act with exactly the permissions that it needs", async () => {
    const all: readonly (Permission | LinkPermission)[] = [...permissions, "review", "self", "sign-in"];
    for (const [name, act] of acts) {
      const enough: string[] = [];
      for (const each of all) if (await isAllowed(act, [each])) enough.push(each);
      expect([name, enough.sort()]).toEqual([name, [act.needs].flat().sort()]);
    }
  });

  it("say which permission is missing, and who can give it", async () => {
    const refused = perform(actNamed("publishPosts"), {}, actorWith(["read", "check"]), {} as never);
    await expect(refused).rejects.toMatchObject({
      code: "forbidden",
      message: 'This needs the permission "publish", which you do not have',
      hint: "Ask an admin for a role that has it (publisher, operator, admin), or for a token with this scope.",
    });
  });

  it("let a reviewer see and decide an edition, and nothing else", async () => {
    const allowed: string[] = [];
    for (const [name, act] of acts) if (await isAllowed(act, ["review"])) allowed.push(name);
    expect(allowed.sort()).toEqual(["approveEdition", "declineEdition", "showEdition"]);
  });

  it("let the command line do everything that a role can do", async () => {
    for (const [name, act] of acts)
      if (name in named) expect([name, await isAllowed(act, operator.permissions)]).toEqual([name, true]);
    expect(operator).toMatchObject({ name: "cli", isLocal: true });
    expect(operator.limits).toBeUndefined();
  });

  it("let no role act as a reader, or sign in without a secret", async () => {
    for (const name of [...ofReaders, ...ofSigningIn]) expect(await isAllowed(actNamed(name), permissions)).toBe(false);
  });
});
