/** The page on which a reviewer decides about an edition. */

import { type Context, Hono } from "hono";
import { isNotFound, PostriderError } from "#core/errors.ts";
import type { Edition } from "#core/jobs/edition.ts";
import { escapeHtml } from "#core/posts/html.ts";
import type { Site } from "#core/posts/post.ts";
import { type Actor, perform } from "#desk/act.ts";
import { approveEdition, declineEdition } from "#desk/jobs/decide.ts";
import { type EditionAnswer, mailPage, showEdition } from "#desk/jobs/read.ts";
import type { JobsPort, SitePorts } from "#desk/ports.ts";
import { boundedBody } from "../body.ts";
import { page } from "../pages.ts";

export interface EditionPorts {
  site: Site;
  jobs: JobsPort;
  configuredChannels: SitePorts["configuredChannels"];
  /** The edition and reviewer of a token; `null` for an invalid token. */
  reviewOf(token: string): { job: string; number: number; reviewer: string } | null;
}

const mostBytes = 64 * 1024;
/** A mail has its styles inline and its pictures anywhere; nothing in it may run. */
const mailPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src * data:; frame-ancestors 'self'";
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'";
const gone = "This link does not work. It is incomplete, or belongs to another site.";

export function editionRoutes({ site, jobs, configuredChannels, reviewOf }: EditionPorts): Hono {
  const app = new Hono();
  const answer = (context: Context, edition: Edition, body: string, status: 200 | 409 = 200) =>
    context.html(page({ title: `Review: ${edition.title}`, language: "en", body }), status, privately(pagePolicy));
  const reviewed = async (context: Context): Promise<Reviewed | null> => {
    const review = reviewOf(context.req.param("token") ?? "");
    if (!review) return null;
    const { job, number, reviewer } = review;
    const actor: Actor = { name: `reviewer:${reviewer}`, door: "mail link", permissions: ["review"], isLocal: false };
    const shown = await perform(showEdition, { job, number }, actor, { jobs }).catch(orNull);
    return shown && { ...shown, actor };
  };

  // Mail scanners open links before people do, so only the button decides.
  app.get("/reviews/:token", async (context) => {
    const found = await reviewed(context);
    if (!found) return context.text(`${gone}\n`, 404);
    return answer(context, found.edition, reviewBody(found.edition, context.req.path));
  });
  app.get("/reviews/:token/mail", async (context) => {
    const found = await reviewed(context);
    const mail = found?.mails[context.req.query("list") ?? found.edition.channels[0]?.list ?? ""];
    if (!mail) return context.text(`${gone}\n`, 404);
    return context.html(mailPage(mail, `${site.url}/`).html, 200, privately(mailPolicy));
  });
  app.post("/reviews/:token", boundedBody(mostBytes), async (context) => {
    const found = await reviewed(context);
    if (!found) return context.text(`${gone}\n`, 404);
    const { edition, actor } = found;
    const { job, number } = edition;
    const decision = (await context.req.parseBody())["decision"];
    if (decision !== "approved" && decision !== "declined") return context.text("Approve or decline it.\n", 400);
    const decide = decision === "approved" ? approveEdition : declineEdition;
    try {
      const decided = (await perform(decide, { job, number }, actor, { jobs, configuredChannels })).edition;
      return answer(context, decided, statusBody(decided));
    } catch (error) {
      if (!(error instanceof PostriderError) || error.code !== "conflict") throw error;
      const now = (await jobs.editions.find(job, number)) ?? edition;
      return answer(context, now, statusBody(now), 409);
    }
  });
  return app;
}

interface Reviewed extends EditionAnswer {
  actor: Actor;
}

/** A link to an edition that is gone is as good as none. */
function orNull(error: unknown): null {
  if (isNotFound(error)) return null;
  throw error;
}

/** The address contains a secret: no cache may store it, and no other site may see it. */
function privately(policy: string): Record<string, string> {
  return {
    "content-security-policy": policy,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
  };
}

function reviewBody(edition: Edition, path: string): string {
  if (edition.state !== "waiting") return statusBody(edition);
  const lists = [...new Set(edition.channels.map(({ list }) => list ?? ""))];
  const frames = lists.map(
    (list) =>
      `<iframe sandbox src="${escapeHtml(`${path}/mail?list=${encodeURIComponent(list)}`)}" title="The email to ${escapeHtml(list)}"></iframe>`,
  );
  return `${heading(edition)}
<p>It will be sent to ${escapeHtml(lists.join(" and "))} as soon as one reviewer approves it${until(edition)}. The email below is exactly what will be sent.</p>
<form method="post">
<button class="main" name="decision" value="approved">Approve and send</button>
<button name="decision" value="declined">Decline</button>
</form>
${frames.join("\n")}`;
}

function statusBody(edition: Edition): string {
  const said = {
    waiting: "It waits for approval.",
    approved: "It is approved and will be sent.",
    declined: "It was declined and will not be sent. The next edition will contain its posts.",
    expired: "Nobody approved it in time, so it will not be sent. The next edition will contain its posts.",
  }[edition.state];
  const by = edition.decidedBy
    ? `<p class="quiet">By ${escapeHtml(edition.decidedBy.replace(/^reviewer:/, ""))}.</p>`
    : "";
  return `${heading(edition)}\n<p>${said}</p>\n${by}`;
}

function heading({ title, job, number }: Edition): string {
  return `<h1>${escapeHtml(title)}</h1>\n<p class="quiet">Edition ${number} of ${escapeHtml(job)}</p>`;
}

function until({ expiresAt }: Edition): string {
  return expiresAt ? `, until ${expiresAt.toISOString().slice(0, 16).replace("T", " ")} UTC` : "";
}
