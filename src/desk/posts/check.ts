/** Reads posts, renders each for every channel, and reports problems. Sends nothing and needs no ledger. */

import { z } from "zod";
import type { Adapter } from "#core/adapter.ts";
import { messageOf } from "#core/errors.ts";
import type { Reading } from "#core/posts/content.ts";
import type { Diagnostic, Severity } from "#core/posts/diagnostic.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { Rendition } from "#core/renditions/rendition.ts";
import { leftOutOf } from "#pipeline/publishing/left-out.ts";
import { checkNote, misspeltNetworks, toldOnce } from "#pipeline/renditions/check-note.ts";
import { noteFit } from "#pipeline/renditions/renditions.ts";
import { type Actor, act, anyLimits } from "../act.ts";
import { checkAnswer } from "../answers/site.ts";

export { leftOutLines } from "#pipeline/publishing/left-out.ts";

export interface CheckedPost {
  path: string;
  title: string | null;
  url: string | null;
  publishedAt: string | null;
  summary: string | null;
  /** The revision, which a page may name for the gate; `null` if the post can't be read. */
  revision: string | null;
  status: string;
  /** Channel -> why the post is not sent there. */
  leftOut: Record<string, string>;
  diagnostics: Diagnostic[];
  /** Links to pages of the same site. */
  links: SiteLink[];
}

interface SiteLink {
  address: string;
  line: number;
}

/** The result of checking a post, and what else affects it besides its file. */
interface Checked {
  value: CheckedPost;
  sources?: readonly string[] | undefined;
  changesAt?: string | undefined;
}

/** What checking needs from a site. */
export interface CheckPorts {
  read(path: string): Promise<Reading>;
  /** Paths of posts; for a folder, the posts in it; default: all. */
  filesOf(paths: readonly string[]): Promise<string[]>;
  channels: readonly Channel[];
  adapters: ReadonlyMap<string, Adapter>;
  renderOffline(post: Post, channel: Channel): Promise<Rendition>;
  /** Looks for the picture files of a post: returns problems for missing files, and the paths of the others. */
  pictures(post: Post): Promise<{ missing: Diagnostic[]; files: string[] }>;
  /** A finding by the site's rules: possibly with another severity, or removed. */
  switched(finding: Diagnostic): Diagnostic[];
  /** A post's links to its own site. */
  linksWithin(post: Post): SiteLink[];
  /** Problems between posts, by path. */
  compare(posts: readonly CheckedPost[]): Map<string, Diagnostic[]>;
  /** The cached result of a post, or the result of `check`. */
  cached(path: string, check: () => Promise<Checked>): Promise<CheckedPost>;
  /** Saves the results. @param complete - whether every post was checked */
  save(complete: boolean): Promise<void>;
  /** Finds links whose pages no longer exist, over the network. */
  deadLinks(): (post: Post, signal: AbortSignal) => Promise<Diagnostic[]>;
  now(): Date;
}

/** Shows the progress. */
export interface CheckFollowing {
  /** @param of - the number of posts. */
  checked(post: CheckedPost, of: number): void;
  /** A path in the form that the caller knows. */
  shortPath(path: string): string;
  stop: AbortSignal;
}

export interface CheckAnswer {
  posts: CheckedPost[];
  /** Problems between posts, which are also in `posts`. */
  compared: Map<string, Diagnostic[]>;
}

export interface RuleCount {
  code: string;
  severity: Severity;
  findings: number;
  posts: number;
}

/** Errors first, then by number. */
function countRules(posts: readonly CheckedPost[]): RuleCount[] {
  const counts = new Map<string, RuleCount>();
  for (const { diagnostics } of posts)
    for (const [index, { code, severity }] of diagnostics.entries()) {
      const key = `${severity} ${code}`;
      const known = counts.get(key) ?? { code, severity, findings: 0, posts: 0 };
      known.findings++;
      if (diagnostics.findIndex((each) => each.code === code && each.severity === severity) === index) known.posts++;
      counts.set(key, known);
    }
  return [...counts.values()].sort((one, other) =>
    one.severity === other.severity ? other.findings - one.findings : one.severity === "error" ? -1 : 1,
  );
}

export const checkPosts = act({
  name: "posts.check",
  asks: z.strictObject({
    /** Default: every post of the site. */
    posts: z.array(z.string().min(1)),
    /** Also check that linked pages exist. */
    links: z.boolean().optional(),
    /** Use stored results for unchanged posts. Default `true`. */
    cache: z.boolean().default(true),
  }),
  needs: "check",
  within: anyLimits,
  answers: checkAnswer,
  async run({ posts: paths, links, cache }, _: Actor, ports: CheckPorts & CheckFollowing): Promise<CheckAnswer> {
    const files = await ports.filesOf(paths);
    const deadLinks = links ? ports.deadLinks() : null;
    // A linked page can disappear without a change of the post.
    const isCached = cache && !deadLinks;
    const posts: CheckedPost[] = [];
    for (const file of files) {
      if (ports.stop.aborted) break;
      const check = () => checkOne(file, ports, deadLinks);
      const post = isCached ? await ports.cached(file, check) : (await check()).value;
      const shown = { ...post, path: ports.shortPath(file) };
      posts.push(shown);
      ports.checked(shown, files.length);
    }
    if (isCached) await ports.save(paths.length === 0 && !ports.stop.aborted);
    const compared = ports.compare(posts);
    for (const post of posts) addFindings(post, compared.get(post.path) ?? []);
    return { posts, compared };
  },
  document: ({ posts }) => ({ posts: posts.map(({ links: _, ...post }) => post), rules: countRules(posts) }),
});

function addFindings(post: CheckedPost, findings: readonly Diagnostic[]): void {
  post.diagnostics.push(...findings);
  if (post.status !== "draft" && findings.some(({ severity }) => severity === "error")) post.status = "held";
}

async function checkOne(
  path: string,
  ports: CheckPorts & CheckFollowing,
  deadLinks: ReturnType<CheckPorts["deadLinks"]> | null,
): Promise<Checked> {
  const { changesAt, sources, ...reading } = await readRendered(path, ports);
  const { post } = reading;
  const dead = deadLinks && post ? await deadLinks(post, ports.stop) : [];
  const value: CheckedPost = {
    path,
    title: post?.title ?? null,
    url: post?.url ?? null,
    publishedAt: post?.publishedAt ?? null,
    summary: post?.summary.text ?? null,
    revision: post?.revision ?? null,
    status: post?.status ?? "held",
    leftOut: post ? leftOutOf(post, ports.channels) : {},
    diagnostics: [...reading.diagnostics, ...dead],
    links: post ? ports.linksWithin(post) : [],
  };
  return { value, sources, changesAt };
}

/** A post that can't be rendered can't be sent, so this is reported as an error of the post. */
async function readRendered(path: string, ports: CheckPorts): Promise<Reading> {
  const reading = await ports.read(path);
  const { post } = reading;
  if (!post) return reading;
  const { missing, files } = await ports.pictures(post);
  const { findings, failures } = await renderAll(post, ports);
  const gone = missing.flatMap(ports.switched);
  const kept = findings.flatMap(ports.switched);
  return {
    ...reading,
    sources: [...(reading.sources ?? []), ...files],
    // A missing file may appear later, and no known file changes then. So this result is not kept.
    ...(missing.length > 0 && { changesAt: ports.now().toISOString() }),
    diagnostics: [...reading.diagnostics, ...gone, ...toldOnce([...kept, ...failures])],
  };
}

async function renderAll(
  post: Post,
  { adapters, channels, renderOffline }: CheckPorts,
): Promise<{ findings: Diagnostic[]; failures: Diagnostic[] }> {
  const findings = misspeltNetworks(post, [...adapters.keys(), ...channels.map(({ name }) => name)]);
  const failures: Diagnostic[] = [];
  const leftOut = leftOutOf(post, channels);
  for (const channel of channels.filter(({ name }) => !Object.hasOwn(leftOut, name)))
    try {
      const rendition = await renderOffline(post, channel);
      const adapter = adapters.get(channel.adapter);
      if (rendition.medium === "note" && adapter)
        findings.push(...checkNote(rendition, post, noteFit(channel.name, adapter, channel.style ?? {})));
    } catch (error) {
      const message = `${channel.name}: ${messageOf(error)}`;
      failures.push({ severity: "error", code: "render", line: post.bodyLine, message });
    }
  return { findings, failures };
}
