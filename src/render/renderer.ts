/** Opens the operator's templates and makes renditions with them. */

import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { ConfigError, messageOf } from "#core/errors.ts";
import type { Pictures } from "#core/posts/picture.ts";
import type { Site } from "#core/posts/post.ts";
import type { Renderer } from "#core/renditions/rendition.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { digestRendition } from "./email/digest.ts";
import { emailRendition } from "./email/email.ts";
import { fidelityOf } from "./email/fidelity.ts";
import { letterRendition } from "./email/letters.ts";
import { checkTags } from "./email/mjml-tags.ts";
import { readTheme } from "./email/theme/theme.ts";
import { feedRendition } from "./feed/feed.ts";
import { noteRendition } from "./note/note.ts";
import { noteTemplates } from "./note/template.ts";
import { compileTemplate, type Source, skeletonOf, type Template } from "./template.ts";

export interface RendererOptions {
  /** Contains `theme.yaml`, `email/*.mjml` and, if they differ from ours, `note/*.txt`. */
  templatesDir: string;
  site: Site;
  /** Absent: pictures are not measured or converted. */
  pictures?: Pictures;
}

/** @throws ConfigError for a missing or invalid file. */
export async function openRenderer({ templatesDir, site, pictures }: RendererOptions): Promise<Renderer> {
  const themeFile = join(templatesDir, "theme.yaml");
  const emailDir = join(templatesDir, "email");
  const [theme, parts, noteSources, post, digest, confirm, welcome] = await Promise.all([
    read(themeFile),
    readFolder(join(emailDir, "parts"), ".mjml"),
    readFolder(join(templatesDir, "note"), ".txt"),
    ...["post", "digest", "confirm", "welcome"].map((name) => read(join(emailDir, `${name}.mjml`))),
  ] as const);
  const sources = [post, digest, confirm, welcome] as [Source, Source, Source, Source];
  const templates = sources.map((source) => compile(source, parts)) as [Template, Template, Template, Template];
  const setting = {
    ...{ site, pictures, theme: readTheme(theme.text, themeFile) },
    themeFile: { file: themeFile, line: theme.text.split(/^logo:/m)[0]?.split("\n").length ?? 1 },
    templates: { post: templates[0], digest: templates[1], confirm: templates[2], welcome: templates[3] },
  };
  const notes = noteTemplates(noteSources);
  const texts = [theme, ...sources, ...parts.values(), ...noteSources.values()].map(({ text }) => text);
  return {
    version: sha256(JSON.stringify([texts, site, pictures?.version ?? ""])),
    async email(post, list) {
      return (await emailRendition(post, list, setting)).rendition;
    },
    async digest(digest) {
      const { template } = digest;
      // An operator's own template is read when it is used, so that a mistake in it does not block other emails.
      const own = template ? compile(await read(join(emailDir, `${template}.mjml`)), parts) : undefined;
      return digestRendition(digest, setting, own);
    },
    async archived(post, list) {
      return (await emailRendition(post, list, setting, { archived: true })).rendition;
    },
    confirm: (letter) => letterRendition("confirm", letter, setting),
    welcome: (letter) => letterRendition("welcome", letter, setting),
    data: (letter) => letterRendition("data", letter, setting),
    fidelity: (post, list) => fidelityOf(post, list, setting),
    feed: async (post) =>
      feedRendition(post, (post.image && (await pictures?.file(post.image.url, post.path).catch(() => null))) || null),
    note: (post, fit) => noteRendition(post, fit, notes, site.title),
  };
}

function compile(source: Source, parts: ReadonlyMap<string, Source>): Template {
  checkTags(skeletonOf(source, parts));
  return compileTemplate(source, parts);
}

/** Files by name: shared parts, such as `email/parts/head.mjml` for `{{> head}}`, and templates of networks. */
async function readFolder(dir: string, ending: string): Promise<Map<string, Source>> {
  const names = await readdir(dir).catch(() => []);
  const files = names.filter((name) => name.endsWith(ending)).sort();
  return new Map(
    await Promise.all(files.map(async (name) => [basename(name, ending), await read(join(dir, name))] as const)),
  );
}

async function read(file: string): Promise<Source> {
  try {
    return { text: await readFile(file, "utf8"), file };
  } catch (cause) {
    const hint = "`postrider init` writes all templates.";
    throw new ConfigError(`The template can't be read: ${messageOf(cause)}`, { file, hint, cause });
  }
}
