/** Puts a post together from its front matter, its name and its text. */

import type { Diagnostic } from "#core/diagnostic.ts";
import type { ReadOutline } from "#core/outline.ts";
import type { Post, PostStatus, Site } from "#core/post.ts";
import { readAuthors } from "./authors.ts";
import { checkBody } from "./check-body.ts";
import { calendarDay, type ReadDate } from "./dates.ts";
import { pick, textOf } from "./fields.ts";
import type { FileName } from "./file-name.ts";
import type { FrontMatter } from "./front-matter.ts";
import { readImage } from "./image.ts";
import { directionOf, languageTag } from "./language.ts";
import { permalinkFrom, permalinkFromField } from "./permalinks.ts";
import type { Preset } from "./preset.ts";
import { readPublishedAt } from "./published-at.ts";
import { finding } from "./rules.ts";
import { readSummary } from "./summary.ts";
import { readTags } from "./tags.ts";
import { readTitle, withoutHeading } from "./title.ts";

/** How posts of one site are read. */
export interface Conventions {
  site: Site;
  preset: Preset;
  readDate: ReadDate;
  readOutline: ReadOutline;
}

export interface PostSource {
  /** As asked for. */
  path: string;
  name: FileName;
  revision: string;
  front: FrontMatter;
}

/** The post, or `null` when its title, date or address can't be found; findings in either case. */
export function assemblePost(
  { path, name, revision, front }: PostSource,
  conventions: Conventions,
  now: Date,
): { post: Post | null; diagnostics: Diagnostic[] } {
  const { site, preset, readDate, readOutline } = conventions;
  const { data, bodyLine } = front;
  const diagnostics = [...front.diagnostics];
  const report = (found: readonly Diagnostic[]): void => {
    diagnostics.push(...found);
    diagnostics.sort((one, other) => one.line - other.line);
  };

  const outline = readOutline(front.body);
  const { title, headingLine, ...titleFindings } = readTitle(front, outline, preset.keys.title);
  report(titleFindings.diagnostics);
  const body = headingLine === undefined ? front.body : withoutHeading(front.body, headingLine);
  if (body.trim() === "")
    report([finding("empty-body", bodyLine, "There is no text after the front matter; write the post")]);

  const draft = readDraft(front, preset);
  report(draft.diagnostics);
  const dates = readPublishedAt(front, name, preset, readDate);
  // A draft gets its date when it is published, and until then nothing is made of it.
  const publishedAt = dates.publishedAt ?? (draft.isDraft ? now : null);
  report(dates.diagnostics.map((each) => (each.code === "no-date" && draft.isDraft ? undated(each) : each)));

  const language = readLanguage(front, preset, site);
  report(language.diagnostics);
  const address =
    title && publishedAt ? readUrl(front, name, { title, publishedAt, language: language.tag }, conventions) : null;
  if (address?.problem) report([address.problem]);

  const summary = readSummary({ data, body, outline, language: language.tag }, preset, readOutline);
  if (summary.source === "none" && body.trim() !== "")
    report([finding("no-summary", 1, 'No text can serve as a summary; add "description:" to the front matter')]);
  report(
    checkBody({ outline, lines: front.body.split("\n"), ...(headingLine && { titleLine: headingLine }) }, bodyLine),
  );

  if (!title || !publishedAt || !address?.url) return { post: null, diagnostics };
  const authors = readAuthors(data, preset);
  const shareText = textOf(pick(data, preset.keys.shareText)?.value)?.trim();
  const image = readImage({ data, outline, url: address.url }, preset, site);
  const post: Post = {
    id: readId(data, preset) ?? name.path,
    path,
    revision,
    title,
    url: address.url,
    publishedAt: publishedAt.toISOString(),
    ...(dates.updatedAt && { updatedAt: dates.updatedAt.toISOString() }),
    language: language.tag,
    direction: directionOf(language.tag),
    authors: authors.length > 0 ? authors : [{ name: site.title }],
    tags: readTags(data, preset),
    summary,
    ...(shareText && { shareText }),
    ...(image && { image }),
    status: statusOf(draft.isDraft, diagnostics, publishedAt, now),
    body,
    bodyLine,
    diagnostics,
  };
  return { post, diagnostics };
}

/** The author's own identifier, if it is fit to be one. */
function readId(data: FrontMatter["data"], preset: Preset): string | undefined {
  const value = pick(data, preset.keys.id)?.value;
  const id = typeof value === "string" ? value.trim() : "";
  return id !== "" && id.length <= 200 && !/\p{Cc}/u.test(id) ? id : undefined;
}

/** Whoever writes anything but a clear "no" meant to hold the post back. */
function readDraft(front: FrontMatter, preset: Preset): { isDraft: boolean; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const flag = (keys: readonly string[], cautious: boolean): boolean | undefined => {
    const field = pick(front.data, keys);
    if (!field) return undefined;
    const text =
      typeof field.value === "boolean" ? String(field.value) : (textOf(field.value) ?? "").trim().toLowerCase();
    if (["true", "yes", "on", "1"].includes(text)) return true;
    if (["false", "no", "off", "0"].includes(text)) return false;
    const message = `"${field.path.join(".")}" should be true or false; until then the post counts as a draft`;
    diagnostics.push(finding("unclear-draft", front.lineOf(field.path), message));
    return cautious;
  };
  const draft = flag(preset.keys.draft, true) === true;
  return { isDraft: flag(preset.keys.published, false) === false || draft, diagnostics };
}

function undated(problem: Diagnostic): Diagnostic {
  return finding("draft-without-date", problem.line, "The draft has no date yet; give it one before it is published");
}

function readLanguage(front: FrontMatter, preset: Preset, site: Site): { tag: string; diagnostics: Diagnostic[] } {
  const siteTag = languageTag(site.language) ?? "en";
  const field = pick(front.data, preset.keys.language);
  if (!field) return { tag: siteTag, diagnostics: [] };
  const tag = languageTag(textOf(field.value) ?? "");
  if (tag) return { tag, diagnostics: [] };
  const message = `The language must be a tag such as "en" or "pt-BR"; "${siteTag}" is used`;
  return { tag: siteTag, diagnostics: [finding("bad-language", front.lineOf(field.path), message)] };
}

/** Canonical address, then the post's own address or path, then the pattern with the post's own slug. */
function readUrl(
  front: FrontMatter,
  name: FileName,
  post: { title: string; publishedAt: Date; language: string },
  { site, preset }: Conventions,
): { url: string | null; problem?: Diagnostic } {
  const { canonical, url, path, slug: slugKeys } = preset.keys;
  const slugField = pick(front.data, slugKeys);
  const slug =
    slugField &&
    textOf(slugField.value)
      ?.trim()
      .replace(/^\.?\/+|\/+$/g, "");
  const rooted = slugField && String(slugField.value).trim().startsWith("/") ? slugField : undefined;
  const field = pick(front.data, [...canonical, ...url, ...path]) ?? rooted;
  const found = field
    ? permalinkFromField(field, site.url)
    : permalinkFrom(
        preset.permalink,
        {
          ...calendarDay(post.publishedAt, site.timezone),
          slug: slug || (preset.slugFrom === "title" ? post.title : name.slug),
          file: slug || name.file,
          dir: name.dir,
          title: post.title,
          lang: post.language,
        },
        site.url,
      );
  if (found) return { url: found };
  const line = field ? front.lineOf(field.path) : slugField ? front.lineOf(slugField.path) : 1;
  const message = field
    ? `"${field.path.join(".")}" must be an address (https://…) or a path of the site (/blog/…/)`
    : `The pattern "${preset.permalink}" gives no address for this post; add "permalink:" to the front matter`;
  return { url: null, problem: finding("bad-permalink", line, message) };
}

function statusOf(isDraft: boolean, diagnostics: readonly Diagnostic[], publishedAt: Date, now: Date): PostStatus {
  if (isDraft) return "draft";
  if (diagnostics.some(({ severity }) => severity === "error")) return "held";
  return publishedAt.getTime() > now.getTime() ? "scheduled" : "ready";
}
