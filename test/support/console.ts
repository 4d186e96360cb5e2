/** A site with its console, posts and an inbox, and people who sign in to it. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type App, channelsNamed, openApp, openSite } from "#app.ts";
import type { Role } from "#core/people/permission.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { silent } from "./app.ts";
import { openBackend } from "./backends.ts";
import { mailSite, post } from "./cli.ts";
import { operator, signInLink } from "./sign-in-link.ts";
import { openSink, type Sink, type SinkOptions } from "./sink.ts";

export { operator };

/** Somebody who has signed in. */
export interface Visitor {
  /** The header line. */
  cookie: string;
  get(path: string): Promise<{ status: number; html: string; headers: Headers }>;
  /** Loads the page, fills in its form with this action, and sends it. Redirects are followed. @param without - fields to leave out */
  submit(
    page: string,
    action: string,
    fields?: Record<string, string>,
    without?: readonly string[],
  ): Promise<{ status: number; html: string; url: string }>;
}

export interface ConsoleSite extends AsyncDisposable {
  app: App;
  channels: Channel[];
  dir: string;
  url: string;
  sink: Sink;
  write(path: string, text: string): void;
  /** The address that signs a person in, once. */
  linkFor(name: string, role?: Role): Promise<string>;
  signIn(name: string, role?: Role): Promise<Visitor>;
}

/** @param more - lines of `postrider.yaml`: further channels, then settings. */
export async function openConsoleSite(
  more = "",
  { workers = true, relay = {} }: { workers?: boolean; relay?: SinkOptions } = {},
): Promise<ConsoleSite> {
  await using opening = new AsyncDisposableStack();
  const backend = opening.use(await openBackend({}));
  const sink = opening.use(await openSink(relay));
  const dir = join(backend.dataDir, "site");
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  };
  write(
    "postrider.yaml",
    mailSite(sink.url, `  feed: { adapter: rss, out: feeds }\n  social: { adapter: outbox, dir: outbox }\n${more}`),
  );
  write("content/posts/hello.md", post("Hello"));
  if (backend.databaseUrl) write(".env", `DATABASE_URL=${backend.databaseUrl}\n`);
  const site = await openSite({
    config: join(dir, "postrider.yaml"),
    data: join(backend.dataDir, "data"),
    log: silent,
  });
  const channels = channelsNamed(site);
  const app = opening.use(await openApp(site, channels));
  if (workers) opening.use(await app.startWorkers(channels, new AbortController().signal));
  const { url } = opening.use(await app.startServer(channels, { host: "127.0.0.1", port: 0 }));
  const linkFor = (name: string, role?: Role) => signInLink(app, url, name, role);
  const opened = opening.move();
  return {
    ...{ app, channels, dir, url, sink, write, linkFor },
    async signIn(name, role) {
      const link = new URL(await linkFor(name, role));
      const body = new URLSearchParams({ link: link.searchParams.get("link") ?? "" });
      const answer = await fetch(`${url}/console/sign-in`, { method: "POST", body, redirect: "manual" });
      return visitor(url, (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "");
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

function visitor(url: string, cookie: string): Visitor {
  const headers = { cookie, accept: "text/html" };
  return {
    cookie,
    async get(path) {
      const answer = await fetch(url + path, { headers, redirect: "manual" });
      return { status: answer.status, html: await answer.text(), headers: answer.headers };
    },
    async submit(page, action, fields = {}, without = []) {
      const { html } = await this.get(page);
      const body = formFields(html, action);
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      for (const name of without) body.delete(name);
      const answer = await fetch(url + action, { method: "POST", body, headers, redirect: "manual" });
      const to = answer.headers.get("location");
      if (to === null) return { status: answer.status, html: await answer.text(), url: action };
      return { ...(await this.get(to)), url: to };
    },
  };
}

/** The values with which a form would be sent: hidden fields, ticked boxes, texts. */
function formFields(html: string, action: string): URLSearchParams {
  const begin = html.indexOf(`<form method="post" action="${action}"`);
  if (begin < 0) throw new Error(`there is no form for ${action}`);
  const form = html.slice(begin, html.indexOf("</form>", begin));
  const fields = new URLSearchParams();
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const part = (name: string): string =>
      (new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? "").replaceAll("&quot;", '"');
    if (part("type") === "checkbox" && !/ checked/.test(tag)) continue;
    if (part("name")) fields.append(part("name"), part("value"));
  }
  return fields;
}
