/** What a person or a program does to Postrider, one function for each command: the verbs as the command line calls them. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PostriderError } from "#core/errors.ts";
import type { Post } from "#core/posts/post.ts";
import type { RepublishMode } from "#core/publishing/republish.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { importFile } from "#import/import-file.ts";
import { control } from "#pipeline/campaigns/control.ts";
import { noticePost } from "#pipeline/publishing/notice-post.ts";
import { publish } from "#pipeline/publishing/publish.ts";
import type { Decision } from "#pipeline/publishing/recognise.ts";
import { republish } from "#pipeline/republishing/republish.ts";
import { planRepublication } from "#pipeline/republishing/republish-plan.ts";
import { isIdle, planWithdrawal, type Withdrawable, withdraw } from "#pipeline/republishing/withdraw.ts";
import { deliver } from "#pipeline/sending/deliver.ts";
import { releaseDue, sweep } from "#pipeline/sending/sweep.ts";
import { aPost } from "../support/app.ts";
import { channel, type World } from "./world.ts";

const never = new AbortController().signal;
const actor = "cli";
const list = "everyone";

export interface Text {
  /** Of the post, whatever becomes of its file: a reader sees what it is. */
  name: string;
  title: string;
  body: string;
  date: Date;
}

export function writeFile(world: World, file: string, { name, title, body, date }: Text): void {
  world.put(
    aPost({
      ...{ id: file, fileName: file, path: `content/posts/${file}`, url: `https://example.org/blog/${file}/` },
      ...{ title, body, publishedAt: date.toISOString(), tags: [name] },
      revision: sha256(JSON.stringify([name, title, body, date])),
    }),
  );
}

/** A running `serve` sees it. */
export async function notice(world: World, file: string): Promise<void> {
  const [post] = await world.test.app.desk.recognise([fileNamed(world, file)], { keep: true });
  if (post) await noticePost(post, world.ports.ledger);
}

export const removeFile = (world: World, file: string): void => world.remove(file);

/**
 * Returns the id under which the ledger knows it.
 * @param decision - what a person says where Postrider asks whether it is another post under a new name.
 */
export async function publishPost(world: World, file: string, decision: Decision, at?: Date): Promise<string> {
  const { app, channels } = world.test;
  const found = fileNamed(world, file);
  const asked = async (error: unknown): Promise<Post[]> => {
    if (error instanceof PostriderError && error.code === "conflict")
      return app.desk.identify([found], { keep: true, decision });
    throw error;
  };
  const [post = found] = await app.desk.identify([found], { keep: true }).catch(asked);
  const request = { post, channels, actor, named: true, now: world.clock.now(), ...(at && { at }) };
  return (await publish(request, world.ports)).postId;
}

export async function republishPost(
  world: World,
  file: string,
  mode: RepublishMode,
  correction?: string,
): Promise<string> {
  const post = await read(world, file);
  const { channels, app } = world.test;
  const told = { post, channels, mode, ...(correction !== undefined && { correction }) };
  const ports = { ...app, ...world.ports };
  const plan = await planRepublication(told, ports);
  if (plan.steps.every(({ action }) => action === "none"))
    throw new PostriderError("conflict", "There is nothing to do");
  await republish({ ...told, actor, reason: "a test", signal: never }, plan, ports);
  return plan.postId;
}

export async function withdrawPost(world: World, file: string): Promise<void> {
  const { channels, app } = world.test;
  const what = { post: await withdrawable(world, file), channels, some: false };
  const ports = { ...app.desk, ...world.ports };
  if (isIdle(await planWithdrawal(what, ports))) throw new PostriderError("conflict", "There is nothing to do");
  await withdraw(what, { actor, reason: "a test", signal: never }, ports);
}

/** By the name of its file, also once that is gone. */
async function withdrawable(world: World, file: string): Promise<Withdrawable["post"]> {
  const { app } = world.test;
  const post = world.files.has(file) ? await read(world, file) : null;
  const found = (await app.ledger.report()).find((report) => [file, post?.id].includes(report.post));
  if (found) return { id: found.post, url: found.url, title: found.title };
  if (post && (await app.ledger.editionsWith(post)).length > 0) return post;
  throw new PostriderError("not_found", `"${file}" is not a published post`);
}

export async function controlCampaign(
  world: World,
  campaign: string,
  action: "pause" | "resume" | "cancel",
): Promise<void> {
  await control({ campaign, channel, action, actor, reason: "a test" }, world.ports);
}

/** Returns the edition's publication, and the ids of the posts in it; `null`: there was nothing to write about. */
export async function runDigest(world: World): Promise<{ postId: string; posts: string[] } | null> {
  const { jobs } = world.test.app;
  const { state, posts } = await jobs.run("digest", actor);
  const [edition] = state === "done" ? await jobs.editions.list({ job: "digest" }) : [];
  if (!edition) return null;
  const contents = await jobs.editions.contents("digest", edition.number);
  return { postId: posts[0] ?? "", posts: contents.map(({ postId }) => postId) };
}

export async function importReaders(
  world: World,
  people: readonly { address: string; name: string }[],
  hadUntilNow: boolean,
): Promise<void> {
  const file = join(world.test.site.config.dir, "readers.csv");
  writeFileSync(file, `email,name\n${people.map(({ address, name }) => `${address},${name}\n`).join("")}`);
  const settings = { list, preset: "plain", consent: "a test", receivedUntil: hadUntilNow ? "now" : "none" };
  await importFile(file, settings, {
    ...{ open: world.test.app.desk.openImport, reject: () => {}, progress: () => {}, now: () => world.clock.now() },
  });
}

interface Person {
  address: string;
  name: string;
}

export const add = (world: World, people: readonly Person[]) =>
  world.test.app.subscribers.add(people, { list, source: "a test" });

export const forget = (world: World, address: string) => world.test.app.subscribers.forget(address);

export const leave = (world: World, address: string) => world.test.app.subscribers.unsubscribe(address, list);

export async function passTime(world: World, milliseconds: number): Promise<void> {
  const { pool } = world.test.app.database;
  await world.clock.set(pool, world.clock.ahead() + milliseconds);
  // Its heart has beaten meanwhile.
  await pool.query("update postrider.worker set seen_at = now() where id = $1", [world.workerId]);
}

/** A worker heals what it finds and does what is due, until there is nothing left or the relay has answered so often. */
export async function work(world: World, answers = Infinity): Promise<void> {
  const { ports } = world;
  const stop = new AbortController();
  let left = answers;
  world.onAnswer = () => {
    if (--left === 0) stop.abort();
  };
  await sweep([channel], ports);
  for (let jobs = world.dueJobs(); jobs.length > 0 && !stop.signal.aborted; jobs = world.dueJobs())
    for (const job of jobs) {
      if (job.kind === "release") await releaseDue(job.publicationId, ports);
      if (job.kind === "deliver")
        await deliver(job.batch, world.workerId, ports, world.sharedChannels, { stop: stop.signal, abort: never });
    }
}

/** A post whose file was renamed is the one that it was. @throws PostriderError `not_found` */
async function read(world: World, file: string): Promise<Post> {
  const found = fileNamed(world, file);
  const [post = found] = await world.test.app.desk.recognise([found]);
  return post;
}

function fileNamed(world: World, file: string): Post {
  const found = world.files.get(file);
  if (found) return found;
  throw new PostriderError("not_found", "There is no such file", { file });
}
