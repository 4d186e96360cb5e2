/** Serves pages and the forms on them. A page only looks; a form does one act, once, and leads to a page. */

import { createHash } from "node:crypto";
import type { Context, Hono } from "hono";
import { type ErrorCode, messageOf, PostriderError } from "#core/errors.ts";
import { html, type Markup } from "#core/posts/markup.ts";
import { claim, whileClaimed } from "../../claim.ts";
import { actorOf } from "../../operator/caller.ts";
import { problemKinds } from "../../operator/problems.ts";
import type { ConsolePorts } from "../ports.ts";
import { type Asking, openAsking } from "./asking.ts";
import { pageHeaders } from "./headers.ts";
import { layout, type ShownPage } from "./layout.ts";

export type Form = FormData;

export interface Pages {
  ports: ConsolePorts;
  /** The address of the folder with style and script. */
  assets: string;
  /** A page for GET. */
  page(path: string, show: (asking: Asking) => Promise<ShownPage>): void;
  /** A form. Its work returns the page to go to, or a page that is shown once. */
  form(path: string, work: (asking: Asking, form: Form) => Promise<string | ShownPage>): void;
  /** Something else than a page, such as a preview. */
  raw(path: string, answer: (asking: Asking) => Promise<Response>): void;
}

export function openPages(app: Hono, ports: ConsolePorts, assets: string): Pages {
  const shown = async (asking: Asking, page: ShownPage): Promise<Response> =>
    asking.context.html(layout(asking, page, assets, await ports.fence()), page.status ?? 200, pageHeaders);
  const orProblem = async (context: Context, work: () => Promise<Response>): Promise<Response> => {
    try {
      return await work();
    } catch (error) {
      return shown(openAsking(context, ports), problemPage(error, context));
    }
  };
  return {
    ports,
    assets,
    page(path, show) {
      app.get(path, (context) =>
        orProblem(context, async () => {
          const asking = openAsking(context, ports);
          return shown(asking, await show(asking));
        }),
      );
    },
    form(path, work) {
      app.post(path, (context) =>
        orProblem(context, async () => {
          const to = await workOnce(context, ports, work);
          if (typeof to !== "string") return shown(openAsking(context, ports), to);
          return context.redirect(to, 303);
        }),
      );
    },
    raw(path, answer) {
      app.get(path, (context) => orProblem(context, () => answer(openAsking(context, ports))));
    },
  };
}

const validKey = /^[\w-]{8,100}$/;

/** A form that is sent twice, for example by a second click, is carried out once. */
async function workOnce(
  context: Context,
  ports: ConsolePorts,
  work: (asking: Asking, form: Form) => Promise<string | ShownPage>,
): Promise<string | ShownPage> {
  const form = (await context.req.formData()) as Form;
  const key = text(form, "once");
  if (!validKey.test(key)) throw new PostriderError("invalid", "This form is incomplete. Load the page again");
  const { requests } = ports.desk;
  const begun = await claim(requests, { actor: actorOf(context).name, key, digest: digestOf(context, form) });
  if (begun.kind === "answered") return begun.answer.body;
  if (begun.kind !== "begun")
    throw new PostriderError("conflict", "This form was sent before, and is still being carried out", {
      hint: "Load the page again to see what came of it.",
    });
  let to: string | ShownPage = "/console";
  await whileClaimed(begun.id, requests, async () => {
    to = await work(openAsking(context, ports, { id: begun.id }), form);
    return typeof to === "string" ? { status: 303, type: "text/plain", body: to } : null;
  });
  return to;
}

function digestOf({ req }: Context, form: Form): string {
  const fields = [...form].filter(([name]) => name !== "csrf").map(([name, value]) => `${name}=${String(value)}`);
  return createHash("sha256")
    .update([req.method, req.path, ...fields].join("\n"))
    .digest("hex");
}

/** A text of a form; empty if it is not there. */
export function text(form: Form, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}

/** All values with this name. */
export function texts(form: Form, name: string): string[] {
  return form.getAll(name).filter((value) => typeof value === "string" && value !== "") as string[];
}

const titles: Record<ErrorCode, string> = {
  invalid: "This can't be done as it was asked",
  unauthorized: "Sign in again",
  forbidden: "You may not do this",
  not_found: "Not found",
  conflict: "Nothing was changed",
  outdated: "Nothing was changed",
  too_many_requests: "Too many requests",
  unavailable: "Not available now",
  internal: "An error occurred",
};

/** @throws the error, if it is not one that a person can act on */
function problemPage(error: unknown, { req }: Context): ShownPage {
  if (!(error instanceof PostriderError)) throw error;
  const { code, hint, details } = error;
  const back = req.method === "POST" ? req.header("referer") : undefined;
  return {
    title: titles[code],
    status: problemKinds[code].status,
    main: html`<p class="problem">${messageOf(error)}.</p>${hint && html`<p>${hint}</p>`}${differences(details)}
<p>${back && isOurs(back, req.url) ? html`<a href="${pathAndQuery(back)}">Back to the page</a>` : html`<a href="/console">Today</a>`}</p>`,
  };
}

function pathAndQuery(address: string): string {
  const { pathname, search } = new URL(address);
  return pathname + search;
}

function isOurs(address: string, here: string): boolean {
  return URL.canParse(address) && new URL(address).host === new URL(here).host;
}

/** Why a plan can't be carried out as it was shown. */
function differences(details: PostriderError["details"]): Markup | null {
  const found = details?.["differences"] as
    | { post: string; channel?: string; field: string; planned: unknown; now: unknown }[]
    | undefined;
  if (!found || found.length === 0) return null;
  return html`<h2>What is different now</h2><ul class="differences">${found.map(
    ({ channel, field, planned, now }) =>
      html`<li><strong>${channel ? `${channel}: ` : ""}${field}</strong><del>${valueText(planned)}</del><ins>${valueText(now)}</ins></li>`,
  )}</ul>`;
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  return typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
}
