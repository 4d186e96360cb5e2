/** The real thing beside its model: what of it stands for what, how weeks begin, and what must be true once nothing more happens. */

import * as acts from "./acts.ts";
import { Broken, hear, judge } from "./invariants.ts";
import type { Mailing, Model, Post, Reader } from "./model.ts";
import * as models from "./model.ts";
import { type Generation, keyOf, type World } from "./world.ts";

export const hourMs = 3_600_000;
export const names = ["ada", "bea", "cyd", "dan", "eve"];
const texts = ["A long text. ".repeat(30), "Another long text. ".repeat(30)];

export const addressOf = ({ name }: Reader): string => `${name}@${name}.example`;
const fullNameOf = ({ name }: Reader): string => `${name} of the readers`;
const personOf = (reader: Reader) => ({ address: addressOf(reader), name: fullNameOf(reader) });

/** The world, and what of it the model's things are. */
export interface Real {
  world: World;
  generations: Map<Mailing, Generation>;
  files: Map<Post, acts.Text>;
  /** Names that the file had, which are ids under which the ledger may know it. */
  ids: Map<Post, string[]>;
}

/** Holds what the relay got meanwhile against the model. */
export async function listen(model: Model, { world, generations }: Real): Promise<void> {
  for (const { key, address, posts, said } of world.answers.splice(0)) {
    const reader = model.readers.find((each) => addressOf(each) === address);
    const recipient = world.hashOf(address);
    const found = [...generations].find(([, generation]) => keyOf(generation, recipient) === key);
    if (!reader || !found) throw new Broken(`3: ${address} got ${posts} in a mailing that nobody decided`);
    hear({ reader, mailing: found[0], posts, said });
  }
}

export async function begin(world: World): Promise<{ model: Model; real: Real }> {
  await world.reset();
  const readers = names.map((name): Reader => ({ name, state: "unknown", had: new Set() }));
  const model: Model = { readers, posts: [], mailings: [] };
  const real: Real = { world, generations: new Map(), files: new Map(), ids: new Map() };
  const first = readers.slice(0, 3);
  await acts.add(world, first.map(personOf));
  for (const reader of first) reader.state = "on the list";
  for (const text of [0, 1]) write(model, real, text);
  return { model, real };
}

export function write(model: Model, { world, files, ids }: Real, text: number, hoursAgo = 0): Post {
  const index = model.posts.length;
  const name = `post-${index + 1}`;
  const date = new Date(world.clock.now().getTime() - hoursAgo * hourMs - (index + 1) * 60_000);
  const file = `${index + 1}.md`;
  const post: Post = { name, file, date: date.getTime(), text, moved: false, withdrawn: false, digested: "no" };
  const written = { name, title: `About ${name}`, body: texts[text] ?? "", date };
  model.posts.push(post);
  files.set(post, written);
  ids.set(post, [file]);
  acts.writeFile(world, file, written);
  return post;
}

export const importAll = ({ world }: Real, readers: readonly Reader[], hadUntilNow: boolean): Promise<void> =>
  acts.importReaders(
    world,
    readers.map((reader) => ({ address: addressOf(reader), name: fullNameOf(reader) })),
    hadUntilNow,
  );

/** A file that a person would name. */
export const fileOf = (post: Post, { ids }: Real): string => post.file ?? ids.get(post)?.at(-1) ?? "";

/** What the ledger has written down since then must be what the model has decided. */
export async function decided(
  mailing: Mailing | null,
  before: Generation | null,
  postId: string,
  { world, generations }: Real,
) {
  const newest = await world.newest(postId);
  const isNew = newest !== null && newest.publicationId !== before?.publicationId;
  if (mailing && !isNew) throw new Broken(`4: ${mailing.name} was not decided, and nobody was told why`);
  if (!mailing && isNew)
    throw new Broken(`3: generation ${newest.generation} of ${postId} goes out, and nobody wanted it`);
  if (mailing && newest) generations.set(mailing, newest);
}

/** The ledger must not take one post for another. */
export function knownAs(post: Post, id: string, { posts }: Model, { ids }: Real): void {
  const other = posts.find((each) => each !== post && ids.get(each)?.includes(id));
  if (other) throw new Broken(`4: ${post.name} is taken for ${other.name}`);
  const mine = ids.get(post) ?? [];
  if (!mine.includes(id)) ids.set(post, [id, ...mine]);
}

export async function newestOf(post: Post, { world, ids }: Real): Promise<Generation | null> {
  for (const id of ids.get(post) ?? []) {
    const found = await world.newest(id);
    if (found) return found;
  }
  return null;
}

/** Promise 2: nothing that tells who somebody was is stored. */
export async function forgetfulness({ readers }: Model, { world }: Real): Promise<void> {
  const forgotten = readers.filter(({ state }) => state === "forgotten");
  if (forgotten.length === 0) return;
  const tables = await world.tablesWith(forgotten.flatMap((reader) => [addressOf(reader), fullNameOf(reader)]));
  if (tables.length > 0)
    throw new Broken(
      `2: ${forgotten.map(({ name }) => name).join(", ")} stand in ${tables.join(", ")} after they were forgotten`,
    );
}

/** By then the relay is asked again. */
const retryMs = hourMs / 20;
/** More than the relay ever says "later". */
const mostRounds = 5;

/** Works until nothing more comes of it, also of what is scheduled, and then asks the ledger about everybody. */
export async function settle(model: Model, real: Real): Promise<void> {
  const { world } = real;
  await workOn(model, real);
  const times = model.mailings.filter(({ audience }) => !audience).map(({ at }) => at);
  if (times.length > 0) {
    await acts.passTime(world, Math.max(0, Math.max(...times) - world.clock.now().getTime()) + retryMs);
    await workOn(model, real);
  }
  for (const mailing of model.mailings) {
    const generation = real.generations.get(mailing);
    if (!generation) continue;
    const states = await world.states(generation.publicationId);
    judge(model, mailing, (reader) => states.get(world.hashOf(addressOf(reader))));
  }
  await forgetfulness(model, real);
}

async function workOn(model: Model, real: Real): Promise<void> {
  const { world } = real;
  for (let round = 0; round < mostRounds && (round === 0 || (await world.isRetrying())); round++) {
    models.releaseDue(model, world.clock.now().getTime());
    await acts.work(world);
    await listen(model, real);
    await acts.passTime(world, retryMs);
  }
}
