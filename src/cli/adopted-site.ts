/**
 * Writes `postrider.yaml` for an existing blog: values from its generator's files, and "fill in" where a person must
 * decide.
 */

import { basename, resolve } from "node:path";
import { type Blog, loadPreset } from "#app.ts";

/** Used until the operator fills in the real one. */
const placeholderUrl = "https://example.org";

interface Line {
  text: string;
  /** Set if this fact could not be read. */
  unread?: string;
}

export interface AdoptedSite {
  text: string;
  /** Keys that the operator must fill in. */
  unread: string[];
}

export function adoptedSite(blog: Blog, dir: string): AdoptedSite {
  const { facts, posts, feeds, preset } = blog;
  const url = facts.url?.value.replace(/\/+$/, "");
  const title = facts.title?.value ?? basename(resolve(dir));
  const host = new URL(url ?? placeholderUrl).hostname.replace(/^www\./, "");
  const told = (key: string, fact: keyof Blog["facts"], otherwise: string, what: string): Line =>
    facts[fact]
      ? { text: `  ${key}: ${scalar(facts[fact].value)} # from ${facts[fact].file}` }
      : { text: `  ${key}: ${scalar(otherwise)} # fill in: ${what}`, unread: `site.${key}` };
  const permalink = facts.permalink
    ? [{ text: `  permalink: ${scalar(facts.permalink.value)} # from ${facts.permalink.file}` }]
    : blog.addressesInCode
      ? [
          {
            text: `  # permalink: ${loadPreset(preset).permalink} # fill in if your posts have other addresses. ${blog.generator} makes them in code`,
            unread: "content.permalink",
          },
        ]
      : [];
  const lines: Line[] = [
    { text: `# Written by \`postrider init\`, based on the files of this ${blog.generator} site. Look for "fill in".` },
    { text: `# \${NAME} reads a value from the environment or from .env; \${NAME:-value} has a default.` },
    { text: "" },
    { text: "site:" },
    told("title", "title", title, "the name of the blog"),
    told("url", "url", placeholderUrl, "the address of the blog"),
    ...(facts.description ? [told("description", "description", "", "")] : []),
    told("language", "language", "en", "the language of the posts, such as en or pt-BR"),
    told("timezone", "timezone", "UTC", "the time zone of dates without one, such as Europe/Berlin"),
    {
      text: "  # postalAddress: # fill in: shown at the end of every email; many countries require it by law",
      unread: "site.postalAddress",
    },
    { text: "" },
    { text: "content:" },
    posts
      ? { text: `  dir: ${scalar(posts.folder)}` }
      : { text: "  dir: . # fill in: the folder of the posts", unread: "content.dir" },
    { text: `  preset: ${preset}` },
    ...permalink,
    { text: "" },
    { text: "server:" },
    {
      text: `  # url: https://news.${host} # fill in: the public address of \`postrider serve\`, for unsubscribe links`,
      unread: "server.url",
    },
    { text: "  listen: 127.0.0.1:8420" },
    { text: "" },
    { text: "channels:" },
    { text: "  newsletter:" },
    { text: "    adapter: smtp" },
    { text: "    # Without SMTP_URL, emails are written to a folder. Example: smtps://user:password@relay.example" },
    { text: `    url: \${SMTP_URL:-inbox:.postrider/inbox}` },
    {
      text: `    from: ${scalar(`${displayName(title)} <news@${host}>`)} # fill in: the sender's address`,
      unread: "channels.newsletter.from",
    },
    { text: "    list: everyone" },
    { text: "  feed:" },
    { text: "    adapter: rss" },
    { text: `    out: ${scalar(feeds.folder)} # ${feedsReason(blog)}` },
    { text: `    url: ${scalar(`${url ?? placeholderUrl}${feeds.path}`)}` },
    { text: "  social:" },
    { text: "    adapter: outbox # writes posts to a folder until you add an account" },
    { text: "    dir: .postrider/outbox" },
  ];
  return {
    text: `${lines.map(({ text }) => text).join("\n")}\n`,
    unread: lines.flatMap(({ unread }) => unread ?? []),
  };
}

export function feedsReason({ feeds, generator }: Blog): string {
  const place = feeds.copied ? `${generator} copies this folder into the site` : "a separate folder";
  return `${place}. Each build replaces ${feeds.built}/`;
}

/** Quoted if it has a character with a meaning in email headers (RFC 5322, 3.2.3). */
function displayName(title: string): string {
  return /^[\p{L}\p{N} ]+$/u.test(title) ? title : `"${title.replace(/["\\]/g, "")}"`;
}

/** Without quotes if YAML reads it back as the same text. */
function scalar(text: string): string {
  return /^[A-Za-z/][\w/.:-]*(?: [\w/.-]+)*$/.test(text) &&
    !/^(?:true|false|null|yes|no|on|off)$/i.test(text) &&
    !/: |:$/.test(text)
    ? text
    : JSON.stringify(text);
}
