/** Opens the operator's templates and makes renditions with them. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError, messageOf } from "#core/errors.ts";
import { sha256 } from "#core/idempotency.ts";
import type { Site } from "#core/post.ts";
import type { Renderer } from "#core/rendition.ts";
import { emailRendition } from "./email.ts";
import { feedRendition } from "./feed.ts";
import { noteRendition } from "./note.ts";
import { compileTemplate } from "./template.ts";
import { readTheme } from "./theme.ts";

export interface RendererOptions {
  /** Holds `theme.yaml` and `email/post.mjml`. */
  templatesDir: string;
  site: Site;
}

/** @throws ConfigError for a file that is missing or wrong. */
export async function openRenderer({ templatesDir, site }: RendererOptions): Promise<Renderer> {
  const themeFile = join(templatesDir, "theme.yaml");
  const file = join(templatesDir, "email", "post.mjml");
  const [themeSource, source] = await Promise.all([read(themeFile), read(file)]);
  const setting = { file, site, theme: readTheme(themeSource, themeFile), template: compileTemplate(source, file) };
  return {
    version: sha256(JSON.stringify([themeSource, source, site])),
    email: (post, list) => emailRendition(post, list, setting),
    feed: (post) => feedRendition(post),
    note: (post, fit) => noteRendition(post, fit),
  };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const hint = "`postrider init` writes a full set of templates.";
    throw new ConfigError(`The template can't be read: ${messageOf(cause)}`, { file, hint, cause });
  }
}
