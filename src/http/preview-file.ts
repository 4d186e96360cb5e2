/** A file of a preview as an answer: it is somebody's HTML, so nothing in it runs, and it reaches nothing but pictures. */

import type { Context } from "hono";
import { PostriderError } from "#core/errors.ts";
import { type PreviewAnswer, scheme } from "#desk/posts/preview.ts";

/** `sandbox` also holds if it is opened alone. */
export const previewHeaders: Readonly<Record<string, string>> = {
  "content-security-policy":
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: http: data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  json: "text/plain; charset=utf-8",
  // As text, so that browsers show it.
  xml: "text/plain; charset=utf-8",
  eml: "text/plain; charset=utf-8",
};

/** @throws PostriderError `not_found` */
export function answerFile(context: Context, files: PreviewAnswer["files"], name: string): Response {
  const content = fileOf(files, name);
  const type = types[name.split(".").at(-1) ?? ""];
  if (content === undefined || type === undefined)
    throw new PostriderError("not_found", "There is no such preview", {
      hint: files.size > 0 ? `There are: ${[...files.keys()].join(", ")}.` : "The post can't be read.",
    });
  return context.body(content, 200, { ...previewHeaders, "content-type": type });
}

/** The email also as a browser with another colour scheme than this one shows it. */
function fileOf(files: PreviewAnswer["files"], name: string): string | undefined {
  const [, wanted] = /^email-(light|dark)\.html$/.exec(name) ?? [];
  if (wanted !== "light" && wanted !== "dark") return files.get(name)?.toString();
  const html = files.get("email.html")?.toString();
  return html && scheme(html, wanted);
}
