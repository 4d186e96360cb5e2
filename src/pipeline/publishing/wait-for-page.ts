/** The gate before a release: emails and social posts wait until the post's page is online. */

import type { IsLive } from "#core/ports/sending-ports.ts";
import type { Post } from "#core/posts/post.ts";

const patienceMs = 15_000;
const mostRedirects = 3;
/** In bytes. The title is near the beginning of a page. */
const mostBytes = 2 * 1024 * 1024;

/** @param site - only pages on its host are requested, also after a redirect. */
export function openGate(site: { url: string }, send: typeof fetch): IsLive {
  const { host } = new URL(site.url);
  return async (post) => {
    try {
      const page = await pageOf(post.url, host, send);
      return typeof page === "string" ? page : shows(page.text, post);
    } catch (error) {
      const { name, cause } = error as { name?: string; cause?: { code?: string } };
      return name === "TimeoutError" ? "it did not answer in time" : `it can't be reached (${cause?.code ?? name})`;
    }
  };
}

async function pageOf(url: string, host: string, send: typeof fetch): Promise<{ text: string } | string> {
  const signal = AbortSignal.timeout(patienceMs);
  let target = new URL(url);
  for (let hop = 0; hop <= mostRedirects; hop++) {
    if (target.host !== host || !/^https?:$/.test(target.protocol)) return `it is on another host, ${target.host}`;
    const headers = { accept: "text/html", "cache-control": "no-cache" };
    const answer = await send(target, { redirect: "manual", headers, signal });
    const location = answer.headers.get("location");
    if (answer.status === 200) return { text: await beginning(answer) };
    await answer.body?.cancel();
    if (answer.status < 300 || answer.status > 399 || !location) return `it answered with status ${answer.status}`;
    target = new URL(location, target);
  }
  return "it redirects in a circle";
}

async function beginning(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > mostBytes) break;
  }
  return text;
}

/** If the page names a revision, it must be this one. Otherwise the page must show the title. */
function shows(html: string, { revision, title }: Post): string {
  const named = /<meta\s+name=["']?postrider:revision["']?\s+content=["']?([0-9a-f]{8,64})/i.exec(html)?.[1];
  if (named) return revision.startsWith(named.toLowerCase()) ? "" : `it shows revision ${named.slice(0, 8)}`;
  return plain(html).includes(plain(title)) ? "" : "it answers, but does not show the title yet";
}

/** Letters and digits only, because typography may change quotes and dashes. */
function plain(text: string): string {
  return (
    text
      // No bracket inside a tag: otherwise a page of only brackets would take hours.
      .replace(/<[^<>]*>/g, "")
      .replace(/&#(x?)([0-9a-f]{1,6});/gi, (_, hex: string, code: string) =>
        letter(Number.parseInt(code, hex ? 16 : 10)),
      )
      .replace(/&\w{2,8};/g, "")
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "")
  );
}

function letter(code: number): string {
  return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : "";
}
