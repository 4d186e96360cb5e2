/** Finds links that don't work, or only work on the author's machine. */

import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { Site } from "#core/posts/post.ts";
import { type Code, finding } from "../rules.ts";
import { type Check, quoted } from "./checked-body.ts";
import { isPlaceholder } from "./placeholder.ts";

/** Checks the target of every link, and images at addresses that readers can't reach. */
export const linkTargets: Check = function* ({ outline, site }): Generator<Diagnostic> {
  for (const { href, text, line } of outline.links) {
    const problem = linkProblem(href.trim(), text) ?? stagingProblem(href.trim(), text, site);
    if (problem) yield finding(problem.code, line, problem.message);
  }
  for (const { src, line } of outline.images) {
    // A picture inside the source is allowed.
    if (/^\s*data:image\//i.test(src)) continue;
    const problem = linkProblem(src.trim(), "") ?? stagingProblem(src.trim(), "", site);
    if (problem && forImages.has(problem.code)) yield finding(problem.code, line, problem.message);
  }
};

const forImages = new Set<Code>(["placeholder", "local-link", "staging-link", "malformed-scheme"]);

interface Problem {
  code: Code;
  message: string;
}

function linkProblem(href: string, text: string): Problem | null {
  const name = quoted(href);
  if (href === "" || href === "#")
    return { code: "empty-link", message: `The link ${quoted(text)} has no address; add one` };
  if (isPlaceholder(href))
    return { code: "placeholder", message: `${name} is a placeholder; replace it with the address` };
  if (/^\[.*\]?$|^https?:.*\]$/i.test(href))
    return { code: "bracketed-link", message: `${name} has square brackets in it; write [text](address)` };
  if (/^(?:[/?.]|#)/.test(href) && !href.startsWith("//")) return null;

  const withPort = /^(?!(?:tel|sms|sip):)([\w.-]+):\d{1,5}(?:[/?#]|$)/i.exec(href)?.[1];
  if (withPort && isLocalHost(withPort)) return local(name);
  const scheme = withPort ? undefined : /^([a-z][a-z0-9+.-]*):/i.exec(href)?.[1]?.toLowerCase();
  if (scheme === undefined) return schemelessProblem(href, withPort);
  if (scheme === "file") return local(name);
  if (!knownSchemes.has(scheme))
    return {
      code: "malformed-scheme",
      message: `${name} begins with "${scheme}:", which is not a known scheme; correct it`,
    };
  if (scheme !== "http" && scheme !== "https") return null;

  if (!/^https?:\/\/[^/]/i.test(href) || /^https?:\/\/https?(?::|\/\/)/i.test(href) || !URL.canParse(href))
    return { code: "malformed-scheme", message: `${name} is not a complete address; correct the part before the host` };
  // If the address is also the visible text, the author writes about the reader's own machine.
  const spelled = text === href || `${text}/` === href;
  return !spelled && isLocalHost(new URL(href).hostname) ? local(name) : null;
}

/** A subdomain of the site's own host, or a host for previews. */
function stagingProblem(href: string, text: string, site: Site): Problem | null {
  const url = /^https?:/i.test(href) && text !== href ? URL.parse(href) : null;
  if (!url) return null;
  const own = hostOf(site.url);
  const sub = url.hostname.endsWith(`.${own}`) ? url.hostname.slice(0, -own.length - 1) : "";
  if (
    !/^(?:staging|stage|stg|dev|develop|test|testing|preview|preprod|uat|draft)\d*(?:[.-]|$)/.test(sub) &&
    !trial.test(url.hostname)
  )
    return null;
  const message = `${quoted(href)} leads to a staging or preview host, which readers may not reach; use the public address`;
  return { code: "staging-link", message };
}

let known = { url: "", host: "" };

/** Without `www`. Cached, because a process usually has one site. */
function hostOf(url: string): string {
  if (known.url !== url) known = { url, host: new URL(url).hostname.replace(/^www\./, "") };
  return known.host;
}

const trial =
  /^(?:deploy-preview-\d+--|[a-z0-9-]+-git-[a-z0-9-]+\.vercel\.app$)|\.(?:ngrok(?:-free)?\.(?:io|app|dev)|loca\.lt|trycloudflare\.com|localhost\.run|test|invalid)$/;

function schemelessProblem(href: string, host: string | undefined): Problem | null {
  if (/^https?(?:\/\/|;|,)/i.test(href))
    return { code: "malformed-scheme", message: `${quoted(href)} has no colon in "https://"; correct it` };
  if (/^[^\s/@?#]{1,64}@[^\s/@?#]{1,190}\.[a-z]{2,}$/i.test(href))
    return { code: "link-without-scheme", message: `${quoted(href)} is an email address; write mailto:${href}` };
  if (/^@\w[\w.-]*$/.test(href))
    return { code: "link-without-scheme", message: `${quoted(href)} is a user name; write the address of the profile` };
  if (host !== undefined || /^www\./i.test(href) || hostLike.test(href))
    return {
      code: "link-without-scheme",
      message: `${quoted(href)} leads to a page of this site; add "https://" in front`,
    };
  return null;
}

/** Only domains that aren't also file extensions: `setup.sh`, `main.rs` and `notes.md` are files. */
const hostLike =
  /^(?:[a-z0-9-]{1,63}\.){1,5}(?:com|org|net|io|dev|edu|gov|info|app|co|ai|cloud|tech|blog|eu|us|uk|de|fr|jp|cn|ch|nl|ca|au|in|br|tv|ly|xyz)(?:[/?#]|$)/i;

const knownSchemes = new Set(
  "http https mailto tel sms ftp ftps sftp irc ircs xmpp sip matrix magnet git ssh webcal news nntp geo gemini gopher vscode slack zoommtg nostr bitcoin".split(
    " ",
  ),
);

function local(name: string): Problem {
  return { code: "local-link", message: `${name} only works on your own machine or network; use the public address` };
}

function isLocalHost(host: string): boolean {
  return (
    /^(?:localhost|\[::1\]|0\.0\.0\.0)$/i.test(host) ||
    /\.(?:localhost|local|internal|lan)$/i.test(host) ||
    /^(?:127|10)\.\d{1,3}\.\d{1,3}\.\d{1,3}$|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(host)
  );
}
