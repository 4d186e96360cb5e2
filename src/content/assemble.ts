/** Builds a post from its front matter, file name and text. */

import type { Reading } from "#core/posts/content.ts";
import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { ReadOutline } from "#core/posts/outline.ts";
import type { Post, PostStatus, Site } from "#core/posts/post.ts";
import type { Preset } from "#core/posts/preset.ts";
import { readAddress } from "./address/address.ts";
import { checkBody } from "./checks/check-body.ts";
import { checkFields } from "./checks/fields.ts";
import { convertDialect } from "./dialect/convert.ts";
import { type ReadRecord, readAuthors } from "./fields/authors.ts";
import type { ReadDate } from "./fields/dates.ts";
import { readDraft, readLimit, readTerm } from "./fields/drafts.ts";
import { pick, textOf, textsOf, yesOrNo } from "./fields/fields.ts";
import type { FileName } from "./fields/file-name.ts";
import { readImage } from "./fields/image.ts";
import { directionOf, languageTag } from "./fields/language.ts";
import { readPublishedAt } from "./fields/published-at.ts";
import { readSocialTexts } from "./fields/social-texts.ts";
import { readSummary } from "./fields/summary.ts";
import { readTags } from "./fields/tags.ts";
import { readTitle, withoutHeading } from "./fields/title.ts";
import type { FrontMatter } from "./front-matter/front-matter.ts";
import { finding, type Switches, switched } from "./rules.ts";

/** The settings for reading the posts of one site. */
export interface Conventions {
  site: Site;
  preset: Preset;
  readDate: ReadDate;
  readOutline: ReadOutline;
  /** Returns the record of an author's id. */
  readRecord: ReadRecord;
  switches: Switches;
}

export interface PostSource {
  /** As asked for. */
  path: string;
  name: FileName;
  revision: string;
  front: FrontMatter;
  /** Returns the permalink of another post that this one refers to. */
  postAddress(reference: string): string | null;
}

/** The post, or `null` if its date or address can't be found; findings in both cases. */
export function assemblePost(source: PostSource, conventions: Conventions, now: Date): Omit<Reading, "path"> {
  const { path, name, revision, front } = source;
  const { site, preset, readDate, readOutline, readRecord, switches } = conventions;
  const { data, bodyLine } = front;
  const diagnostics: Diagnostic[] = [];
  const report = (found: readonly Diagnostic[]): void => {
    diagnostics.push(...found.flatMap((each) => switched(each, switches) ?? []));
    diagnostics.sort((one, other) => one.line - other.line);
  };
  report(front.diagnostics);

  const { title, headingLine, outline, body, lines, ...text } = readText(source, conventions);
  report(text.diagnostics);

  report(checkFields(front, preset));
  const { isDraft, publishedAt, updatedAt, ...dates } = readDates(source, conventions, now);
  report(dates.diagnostics);

  const language = readLanguage(front, preset, name.language ?? site.language);
  report(language.diagnostics);
  const address = publishedAt
    ? readAddress({ front, name, title, publishedAt, language: language.tag }, preset, site)
    : null;
  if (address && "problem" in address) report([address.problem]);
  const term = readTerm(front, preset, readDate, now);
  report(term.diagnostics);

  const summary = readSummary({ data, body, outline, language: language.tag }, preset, readOutline);
  if (summary.source === "none" && body.trim() !== "")
    report([
      finding("no-summary", 1, 'The post has no text to use as a summary; add "description:" to the front matter'),
    ]);
  report(inFile(checkBody({ outline, lines, site, ...(headingLine && { titleLine: headingLine }) }), bodyLine));

  if (!publishedAt || !address || !("url" in address)) return { post: null, diagnostics };
  const authors = readAuthors(data, preset, readRecord);
  // The address uses the post's own date. Sending waits for the later of the two.
  const visibleAt = new Date(Math.max(publishedAt.getTime(), term.notBefore?.getTime() ?? 0));
  const limit = readLimit(front, preset);
  const image = readImage({ data, outline, url: address.url }, preset, site);
  const ownId = readId(data, preset);
  const post: Post = {
    id: ownId ?? name.path,
    ...(ownId === undefined && { fileName: name.path }),
    path,
    revision,
    title,
    url: address.url,
    publishedAt: visibleAt.toISOString(),
    ...(updatedAt && { updatedAt: updatedAt.toISOString() }),
    language: language.tag,
    direction: directionOf(language.tag),
    authors: authors.length > 0 ? authors : [{ name: site.title }],
    tags: readTags(data, preset),
    summary,
    ...readSending(data, preset),
    ...(image && { image }),
    status: statusOf(isDraft, diagnostics, visibleAt, now),
    ...(limit && { limited: limit }),
    body,
    bodyLine,
    diagnostics,
  };
  const changesAt = nextAfter(now, [publishedAt, term.notBefore, term.expiresAt]);
  return { post, diagnostics, ...(changesAt && { changesAt: changesAt.toISOString() }) };
}

/** The title, and the text in plain Markdown. A heading that repeats the title is removed. */
function readText({ name, front, postAddress }: PostSource, { site, preset, readOutline }: Conventions) {
  const { data, bodyLine } = front;
  const isMdx = name.path.toLowerCase().endsWith(".mdx");
  const converted = convertDialect(front.body, { preset, site, data, isMdx, postAddress });
  const outline = readOutline(converted.body);
  const { title, headingLine, diagnostics } = readTitle(front, outline, name.slug, preset.keys.title);
  const body = headingLine === undefined ? converted.body : withoutHeading(converted.body, headingLine);
  const empty = finding("empty-body", bodyLine, "There is no text after the front matter; write the post");
  return {
    ...{ title, headingLine, outline, body },
    /** Of the text with that heading. */
    lines: converted.body.split("\n"),
    diagnostics: [...inFile(converted.diagnostics, bodyLine), ...diagnostics, ...(body.trim() === "" ? [empty] : [])],
  };
}

/** Whether the post is a draft, and its dates. */
function readDates({ name, front }: PostSource, { preset, readDate }: Conventions, now: Date) {
  const { isDraft, diagnostics } = readDraft(front, name, preset, readDate);
  const dates = readPublishedAt(front, name, preset, readDate);
  return {
    isDraft,
    // A draft gets its date when it is published. Until then, it has none.
    publishedAt: dates.publishedAt ?? (isDraft ? now : null),
    updatedAt: dates.updatedAt,
    diagnostics: [
      ...diagnostics,
      ...dates.diagnostics.map((each) => (each.code === "no-date" && isDraft ? undated(each) : each)),
    ],
  };
}

/** What the author says about sending: texts for networks, subjects, and whether the post is mailed at all. */
function readSending(data: FrontMatter["data"], preset: Preset) {
  const shareText = textOf(pick(data, preset.keys.shareText)?.value)?.trim();
  const subjects = textsOf(pick(data, preset.keys.subjects)?.value);
  const mail = yesOrNo(pick(data, preset.keys.mail)?.value);
  return {
    ...(shareText && { shareText }),
    ...readSocialTexts(data, preset),
    ...(subjects.length > 0 && { subjects }),
    ...(mail !== undefined && { mail }),
  };
}

/** Converts lines of the body to lines of the file. */
function inFile(found: readonly Diagnostic[], bodyLine: number): Diagnostic[] {
  return found.map((each) => ({ ...each, line: each.line + bodyLine - 1 }));
}

function nextAfter(now: Date, dates: readonly (Date | null)[]): Date | undefined {
  return (
    dates
      .filter((date) => date !== null && date.getTime() > now.getTime())
      .sort((one, other) => (one?.getTime() ?? 0) - (other?.getTime() ?? 0))[0] ?? undefined
  );
}

/** The id in the front matter, if it is usable. */
function readId(data: FrontMatter["data"], preset: Preset): string | undefined {
  const value = pick(data, preset.keys.id)?.value;
  const id = typeof value === "string" ? value.trim() : "";
  // A number alone may be a position in a list, and another post may have the same.
  return id !== "" && id.length <= 200 && !/\p{Cc}|^\d+$/u.test(id) ? id : undefined;
}

function undated(problem: Diagnostic): Diagnostic {
  return finding("draft-without-date", problem.line, "The draft has no date; add one before you publish it");
}

function readLanguage(
  front: FrontMatter,
  preset: Preset,
  otherwise: string,
): { tag: string; diagnostics: Diagnostic[] } {
  const siteTag = languageTag(otherwise) ?? "en";
  const field = pick(front.data, preset.keys.language);
  if (!field) return { tag: siteTag, diagnostics: [] };
  const tag = languageTag(textOf(field.value) ?? "");
  if (tag) return { tag, diagnostics: [] };
  const message = `The language must be a tag such as "en" or "pt-BR"; the site's language "${siteTag}" is used instead`;
  return { tag: siteTag, diagnostics: [finding("bad-language", front.lineOf(field.path), message)] };
}

function statusOf(isDraft: boolean, diagnostics: readonly Diagnostic[], visibleAt: Date, now: Date): PostStatus {
  if (isDraft) return "draft";
  if (diagnostics.some(({ severity }) => severity === "error")) return "held";
  return visibleAt.getTime() > now.getTime() ? "scheduled" : "ready";
}
