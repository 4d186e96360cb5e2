/** `/console/posts/{post}/preview`: what each channel would send, in frames where nothing runs. */

import { PostriderError } from "#core/errors.ts";
import { html, type Markup } from "#core/posts/markup.ts";
import type { PreviewAnswer } from "#desk/posts/preview.ts";
import { previewNamed } from "#desk/posts/trying.ts";
import { answerFile } from "../../../preview-file.ts";
import { pathOf } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import type { Pages } from "../../shell/serve.ts";
import { checksList } from "./checks.ts";

export function previewPages(pages: Pages): void {
  pages.page("/posts/:post/preview", async (asking) => {
    const name = asking.named("post");
    const { reading } = await previewed(asking, name);
    return {
      title: `Preview: ${reading.post?.title ?? name}`,
      above: { name: "The post", path: pathOf("posts", name) },
      main: html`${frames(name)}<section><h2>Checks</h2>${checksList(reading.diagnostics)}</section>`,
    };
  });
  pages.raw("/posts/:post/preview/:file", async (asking) => {
    const { files } = await previewed(asking, asking.named("post"));
    return answerFile(asking.context, files, asking.named("file"));
  });
}

/** @param name - of the post, as in the address */
export function frames(name: string): Markup {
  const frame = (file: string, title: string, kind = ""): Markup =>
    html`<figure><figcaption>${title}</figcaption><iframe sandbox="" loading="lazy" title="${title}" src="${pathOf("posts", name, "preview", file)}"${kind && html` class="${kind}"`}></iframe></figure>`;
  return html`<div class="frames">${frame("email-light.html", "Email")}${frame("email-dark.html", "Email, dark", "dark")}${frame("email-light.html", "Email on a phone", "phone")}${frame("email.txt", "Email, text part")}</div>
<div class="frames">${frame("social.html", "Notes, as each network shows them")}${frame("feed.xml", "Feed item")}</div>`;
}

const keptMs = 15_000;
const kept = new Map<string, { at: number; answer: Promise<PreviewAnswer> }>();

/** Each frame asks for a file of the same preview, and to make one takes a second. */
async function previewed(asking: Asking, post: string): Promise<PreviewAnswer> {
  const key = `${asking.actor.name}\n${asking.actor.permissions.join()}\n${post}`;
  const now = Date.now();
  for (const [name, { at }] of kept) if (now - at > keptMs) kept.delete(name);
  const known = kept.get(key);
  if (known) return known.answer;
  const answer = rendered(asking, post);
  answer.catch(() => kept.delete(key));
  kept.set(key, { at: now, answer });
  return answer;
}

async function rendered(asking: Asking, post: string): Promise<PreviewAnswer> {
  const answer = await previewNamed(post, asking.actor, asking.ports);
  if (!answer.reading.post)
    throw new PostriderError(
      "invalid",
      `This post can't be shown: ${answer.reading.diagnostics[0]?.message ?? "it can't be read"}`,
    );
  return answer;
}
