/** The page on which a reviewer decides about an edition. */

import { type Context, Hono } from "hono";
import { PostriderError } from "#core/errors.ts";
import type { Edition, EditionBook } from "#core/jobs/edition.ts";
import { escapeHtml } from "#core/posts/html.ts";
import type { Site } from "#core/posts/post.ts";
import type { EmailRendition } from "#core/renditions/rendition.ts";
import type { Decision } from "#pipeline/jobs/review.ts";
import { mailPage } from "#pipeline/pages/mail-page.ts";
import { page } from "../pages.ts";

export interface EditionPorts {
  site: Site;
  editions: EditionBook;
  /** Who may decide about which edition; `null`: not our token. */
  reviewOf(token: string): { job: string; number: number; reviewer: string } | null;
  /** @throws PostriderError */
  decide(decision: Decision): Promise<Edition>;
}

/** A mail has its styles inline and its pictures anywhere; nothing in it may run. */
const mailPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src * data:; frame-ancestors 'self'";
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'";
const gone = "This link does not work. It is incomplete, or belongs to another site.";

export function editionRoutes({ site, editions, reviewOf, decide }: EditionPorts): Hono {
  const app = new Hono();
  const mailOf = async ({ job, number, channels }: Edition, list?: string): Promise<EmailRendition | null> =>
    editions.mail(job, number, list ?? channels[0]?.list ?? "");
  const answer = (context: Context, edition: Edition, body: string, status: 200 | 409 = 200) =>
    context.html(page({ title: `Review: ${edition.title}`, language: "en", body }), status, privately(pagePolicy));
  const reviewed = async (context: Context) => {
    const review = reviewOf(context.req.param("token") ?? "");
    const edition = review && (await editions.find(review.job, review.number));
    return edition ? { review, edition } : null;
  };

  // Whatever looks at links before people do may follow this one: only the button decides.
  app.get("/reviews/:token", async (context) => {
    const found = await reviewed(context);
    if (!found) return context.text(`${gone}\n`, 404);
    return answer(context, found.edition, reviewBody(found.edition, context.req.path));
  });
  app.get("/reviews/:token/mail", async (context) => {
    const found = await reviewed(context);
    const mail = found && (await mailOf(found.edition, context.req.query("list")));
    if (!mail) return context.text(`${gone}\n`, 404);
    return context.html(mailPage(mail, `${site.url}/`).html, 200, privately(mailPolicy));
  });
  app.post("/reviews/:token", async (context) => {
    const found = await reviewed(context);
    if (!found) return context.text(`${gone}\n`, 404);
    const { review, edition } = found;
    const decision = (await context.req.parseBody())["decision"];
    if (decision !== "approved" && decision !== "declined") return context.text("Approve or decline it.\n", 400);
    try {
      const decided = await decide({
        job: edition.job,
        number: edition.number,
        decision,
        actor: `reviewer:${review.reviewer}`,
      });
      return answer(context, decided, statusBody(decided));
    } catch (error) {
      if (!(error instanceof PostriderError) || error.code !== "conflict") throw error;
      const now = (await editions.find(edition.job, edition.number)) ?? edition;
      return answer(context, now, statusBody(now), 409);
    }
  });
  return app;
}

/** The address is a key: no cache may keep it, no other site may learn it. */
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
      `<iframe sandbox src="${escapeHtml(`${path}/mail?list=${encodeURIComponent(list)}`)}" title="The mail to ${escapeHtml(list)}"></iframe>`,
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
    waiting: "It waits for a reviewer.",
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
