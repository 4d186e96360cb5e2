/** The commands of the state machine: what each does to the model and to the real thing. */

import fc from "fast-check";
import { PostriderError } from "#core/errors.ts";
import * as acts from "./acts.ts";
import { Broken } from "./invariants.ts";
import type { Mailing, Model, Post, Reader } from "./model.ts";
import * as models from "./model.ts";
import * as reals from "./real.ts";
import { addressOf, hourMs, names, type Real } from "./real.ts";
import type { Mood } from "./world.ts";

/** Does it to the model and to the real thing, and returns what that came to, in words. */
type Act = (model: Model, real: Real) => Promise<string>;
type Command = fc.AsyncCommand<Model, Real>;

/** @param words - as it is named where it never ran. */
function command(words: string, act: Act): Command {
  let told = words;
  return {
    check: () => true,
    async run(model, real) {
      told = await act(model, real).catch((error) => `${words}${refusal(error)}`);
      await reals.listen(model, real);
    },
    toString: () => told,
  };
}

/** Refused loudly: then nothing has happened. */
function refusal(error: unknown): string {
  if (error instanceof PostriderError) return `: refused (${error.message})`;
  throw error;
}

/** The one that a number means: the last ones are meant as often as the first. */
function chosen<T>(things: readonly T[], index: number): T | undefined {
  return things[index % Math.max(1, things.length)];
}

const onPost = (
  words: (name: string) => string,
  act: (post: Post, model: Model, real: Real) => Promise<string | undefined>,
) =>
  fc.nat(3).map((index) =>
    command(words(`post-${index + 1}`), async (model, real) => {
      const post = chosen(model.posts, index);
      if (!post) return "nothing";
      const said = words(`${post.name} (${post.file ?? `${real.ids.get(post)?.at(-1)}, deleted`})`);
      return `${said}${(await act(post, model, real).catch(refusal)) ?? ""}`;
    }),
  );

function nameOf(post: Post, model: Model): string {
  return `${post.name}, generation ${models.mailingsOf(model, post).length + 1},`;
}

async function publishAt(post: Post, model: Model, real: Real, hours?: number): Promise<string> {
  const now = real.world.clock.now().getTime();
  const at = hours === undefined ? undefined : now + hours * hourMs;
  const before = await reals.newestOf(post, real);
  const [former, renamed] = (real.ids.get(post) ?? []).slice(-2);
  const decision = former !== undefined && renamed !== undefined ? { sameAs: former } : ("new" as const);
  const time = at === undefined ? undefined : new Date(at);
  const postId = await acts.publishPost(real.world, reals.fileOf(post, real), decision, time);
  reals.knownAs(post, postId, model, real);
  const last = models.mailingsOf(model, post).at(-1);
  if (models.isSentByNaming(model, post)) {
    const goes = { name: nameOf(post, model), kind: "post" as const, posts: [post], at: at ?? now };
    await reals.decided(models.decide(model, goes, now), before, postId, real);
    return "";
  }
  await reals.decided(null, before, postId, real);
  if (at === undefined || !last || last.audience || last.cancelled || post.withdrawn) return ": nothing new";
  last.at = at;
  return ": moved";
}

/** With a correction to those who got it, and otherwise to everybody. */
async function sendAgain(post: Post, model: Model, real: Real, kind: "repost" | "correction"): Promise<string> {
  const before = await reals.newestOf(post, real);
  const now = real.world.clock.now().getTime();
  const got = new Set(models.mailingsOf(model, post).flatMap((mailing) => [...mailing.got]));
  const correction = kind === "correction" ? "It was wrong." : undefined;
  const postId = await acts.republishPost(real.world, reals.fileOf(post, real), "repost", correction);
  if (kind === "repost") post.withdrawn = false;
  // Withdrawn before it went anywhere: then this is its first mailing, which leaves out who had the post elsewhere.
  const isFirst = models.mailingsOf(model, post).length === 0;
  const goes = { name: nameOf(post, model), kind: isFirst ? ("post" as const) : kind, posts: [post], at: now };
  const among = kind === "repost" ? model.readers : [...got];
  await reals.decided(models.decide(model, goes, now, among), before, postId, real);
  return "";
}

const onMailing = (action: "pause" | "resume" | "cancel", act: (mailing: Mailing) => void) =>
  fc.nat(4).map((index) =>
    command(`${action} a campaign`, async (model, { world, generations }) => {
      const mailing = chosen(model.mailings, index);
      const generation = mailing && generations.get(mailing);
      if (!mailing || !generation) return `${action} a campaign: there is none`;
      const said = `${action} the campaign of ${mailing.name}`;
      try {
        await acts.controlCampaign(world, generation.publicationId, action);
      } catch (error) {
        return `${said}${refusal(error)}`;
      }
      act(mailing);
      return said;
    }),
  );

const onReader = (
  words: (name: string) => string,
  act: (reader: Reader, model: Model, real: Real) => Promise<unknown>,
) =>
  fc.constantFrom(...names).map((name) =>
    command(words(name), async (model, real) => {
      const reader = model.readers.find((each) => each.name === name);
      if (reader) await act(reader, model, real);
      return words(name);
    }),
  );

async function runDigest(model: Model, real: Real): Promise<string> {
  const now = real.world.clock.now().getTime();
  const edition = await acts.runDigest(real.world);
  const isIn = (post: Post): boolean => Boolean(edition?.posts.some((id) => real.ids.get(post)?.includes(id)));
  const posts = model.posts.filter(isIn);
  for (const post of model.posts) {
    const wanted = models.isForDigest(model, post, now);
    if (isIn(post) && post.withdrawn) throw new Broken(`1: a digest has ${post.name}, which was withdrawn`);
    if (isIn(post) && wanted === "no") throw new Broken(`3: a digest has ${post.name}, which was in an earlier one`);
    if (!isIn(post) && wanted === "yes") throw new Broken(`4: the digest leaves ${post.name} out`);
  }
  if (!edition) return "run the digest: nothing new";
  for (const post of posts) post.digested = "yes";
  const name = `digest ${model.mailings.filter(({ kind }) => kind === "digest").length + 1}`;
  const mailing = models.decide(model, { name, kind: "digest", posts, at: now }, now);
  await reals.decided(mailing, null, edition.postId, real);
  return `run the digest: ${posts.map((post) => post.name).join(", ")}`;
}

const publishing = onPost(
  (name) => `publish ${name}`,
  (post, model, real) => publishAt(post, model, real),
);
const cancelling = onMailing("cancel", (mailing) => {
  mailing.cancelled = true;
});
const working = fc.constantFrom(1, 2, Infinity).map((mails) => {
  const words = `a worker works${mails < Infinity ? ` until ${mails} answers have come` : ""}`;
  return command(words, async (model, { world }) => {
    models.releaseDue(model, world.clock.now().getTime());
    await acts.work(world, mails);
    return words;
  });
});

export const commands = [
  // Most of what goes wrong begins with these.
  ...[publishing, publishing, cancelling, working, working],
  fc.tuple(fc.nat(1), fc.constantFrom(0, 72)).map(([text, hoursAgo]) =>
    command("write a post", async (model, real) => {
      const post = reals.write(model, real, text, hoursAgo);
      return `write ${post.name} (${post.file}) with text ${text + 1}, dated ${hoursAgo} hours ago`;
    }),
  ),
  fc.constantFrom("body", "title").chain((part) =>
    onPost(
      (name) => `edit the ${part} of ${name}`,
      async (post, _, real) => {
        const text = real.files.get(post);
        if (!post.file || !text) return ": there is no file";
        const edited =
          part === "body" ? { ...text, body: `${text.body} More.` } : { ...text, title: `${text.title}, edited` };
        real.files.set(post, edited);
        acts.writeFile(real.world, post.file, edited);
        await acts.notice(real.world, post.file);
        return "";
      },
    ),
  ),
  onPost(
    (name) => `rename the file of ${name}`,
    async (post, _, real) => {
      const text = real.files.get(post);
      if (!post.file || !text) return ": there is no file";
      acts.removeFile(real.world, post.file);
      post.file = post.file.replace(".md", "-renamed.md");
      post.moved = true;
      real.ids.get(post)?.push(post.file);
      acts.writeFile(real.world, post.file, text);
      return ` to ${post.file}`;
    },
  ),
  onPost(
    (name) => `delete the file of ${name}`,
    async (post, _, real) => {
      if (post.file) acts.removeFile(real.world, post.file);
      post.file = null;
      post.moved = true;
      return "";
    },
  ),
  publishing,
  fc.constantFrom(-3, 2, 20).chain((hours) =>
    onPost(
      (name) => `publish ${name} --at ${hours > 0 ? `in ${hours}` : `${-hours}`} hours${hours > 0 ? "" : " ago"}`,
      (post, model, real) => publishAt(post, model, real, hours),
    ),
  ),
  onPost(
    (name) => `withdraw ${name}`,
    async (post, model, real) => {
      await acts.withdrawPost(real.world, reals.fileOf(post, real));
      models.withdraw(model, post);
      return "";
    },
  ),
  onPost(
    (name) => `republish ${name} --mode repost`,
    (post, model, real) => sendAgain(post, model, real, "repost"),
  ),
  onPost(
    (name) => `republish ${name} --correction`,
    (post, model, real) => sendAgain(post, model, real, "correction"),
  ),
  onPost(
    (name) => `republish ${name} --mode retry`,
    async (post, model, real) => {
      await acts.republishPost(real.world, reals.fileOf(post, real), "retry");
      models.mailingsOf(model, post).at(-1)?.refused.clear();
      return "";
    },
  ),
  onPost(
    (name) => `republish ${name} --mode finish`,
    async (post, model, real) => {
      await acts.republishPost(real.world, reals.fileOf(post, real), "finish");
      const last = models.mailingsOf(model, post).at(-1);
      if (last) models.finish(last);
      return "";
    },
  ),
  onMailing("pause", (mailing) => {
    mailing.paused = true;
  }),
  onMailing("resume", (mailing) => {
    mailing.paused = false;
  }),
  cancelling,
  fc.constant(null).map(() => command("run the digest", runDigest)),
  fc.tuple(fc.subarray(names, { minLength: 1 }), fc.boolean()).map(([some, moved]) =>
    command(`import ${some.join(", ")}${moved ? " from another service" : ""}`, async (model, real) => {
      const readers = model.readers.filter(({ name }) => some.includes(name));
      await reals.importAll(real, readers, moved);
      for (const reader of readers) {
        if (reader.state === "unknown") reader.state = "on the list";
        if (moved) for (const post of model.posts) reader.had.add(post);
      }
      await reals.forgetfulness(model, real);
      return `import ${some.join(", ")}${moved ? " from another service" : ""}`;
    }),
  ),
  onReader(
    (name) => `forget ${name}`,
    async (reader, model, real) => {
      await acts.forget(real.world, addressOf(reader));
      reader.state = "forgotten";
      await reals.forgetfulness(model, real);
    },
  ),
  onReader(
    (name) => `${name} leaves`,
    async (reader, _, { world }) => {
      await acts.leave(world, addressOf(reader));
      if (reader.state === "on the list") reader.state = "left";
    },
  ),
  fc.constantFrom<Mood>("accepts", "refuses", "later").chain((mood) =>
    onReader(
      (name) => `the relay of ${name} ${mood === "later" ? "says: later" : mood}`,
      async (reader, _, { world }) => {
        world.moods.set(addressOf(reader), mood);
      },
    ),
  ),
  fc.constantFrom(1, 3, 30).map((hours) =>
    command(`${hours} hours pass`, async (_, { world }) => {
      await acts.passTime(world, hours * hourMs);
      return `${hours} hours pass`;
    }),
  ),
  working,
];
