/** Review: an edition is sent to reviewers, waits for one approval, and expires. */

import { messageOf, PostriderError } from "#core/errors.ts";
import type { Edition, EditionBook } from "#core/jobs/edition.ts";
import type { Log } from "#core/log.ts";
import type { JobQueue } from "#core/ports/queue.ts";
import type { Transaction } from "#core/ports/transaction.ts";
import { escapeHtml } from "#core/posts/html.ts";
import type { EmailRendition } from "#core/renditions/rendition.ts";
import type { PublishPorts } from "#pipeline/publishing/reschedule.ts";
import { sendEdition } from "./run-campaign.ts";

export interface ReviewPorts {
  ledger: PublishPorts["ledger"];
  queue: JobQueue;
  editions: EditionBook;
  /** Sends one email that is not recorded in the ledger. @throws DeliveryError, PostriderError */
  sendTest(channel: string, mail: EmailRendition, list: string, address: string): Promise<void>;
  /** The page on which this reviewer decides; `null` if our server has no public address. */
  reviewUrl(edition: Edition, reviewer: string): string | null;
  now(): Date;
  log: Log;
}

/** Sends test emails to the reviewers of waiting editions, once, and expires editions that nobody approved in time. */
export async function tendReviews(ports: ReviewPorts): Promise<void> {
  const { editions, now, log } = ports;
  for (const edition of await editions.list({ state: "waiting" })) {
    if (edition.expiresAt && edition.expiresAt <= now()) {
      await ports.ledger.transaction((tx) => editions.decide(tx, edition, "expired", "time"));
      log.warn(`edition ${edition.number} of ${edition.job} expired: nobody approved it in time, so it is not sent`);
    } else if (!edition.askedAt) await ask(edition, ports);
  }
}

export interface Decision {
  job: string;
  number: number;
  decision: "approved" | "declined";
  /** Who decided: `cli`, `reviewer:<address>`. */
  actor: string;
}

/** Approves or declines an edition. @throws PostriderError `not_found`, or `conflict` if it was already decided */
export async function decideEdition({ job, number, decision, actor }: Decision, ports: ReviewPorts): Promise<Edition> {
  const { editions, ledger, now } = ports;
  const edition = await existing(job, number, editions);
  const late = edition.state === "waiting" && edition.expiresAt && edition.expiresAt <= now();
  if (late) await tendReviews(ports);
  const post = await ledger.post(edition.postId, edition.revision);
  const decided = await ledger.transaction(async (tx) => {
    if (decision === "approved") await refuseWithdrawn(tx, edition, ports);
    if (!(await editions.decide(tx, edition, decision, actor))) return false;
    if (decision === "approved") await sendEdition(tx, edition, post, actor, ports);
    return true;
  });
  const after = await existing(job, number, editions);
  if (decided) return after;
  throw new PostriderError(
    "conflict",
    `Edition ${number} of "${job}" is ${after.state} already, by ${after.decidedBy}`,
    {
      hint:
        after.state === "expired"
          ? "The next edition will contain its posts. `postrider jobs run` prepares it now."
          : "",
    },
  );
}

/** One of its posts may be withdrawn at the same moment. @throws PostriderError `conflict` */
async function refuseWithdrawn(
  tx: Transaction,
  { job, number, channels }: Edition,
  { editions, ledger }: Pick<ReviewPorts, "editions" | "ledger">,
): Promise<void> {
  const posts = (await editions.contents(job, number, tx)).map(({ postId: id, url }) => ({ id, url }));
  const names = channels.map(({ name }) => name);
  const withdrawn = await ledger.withdrawnAmong(posts, names, tx);
  if (withdrawn.size > 0)
    throw new PostriderError(
      "conflict",
      `Edition ${number} of "${job}" contains a withdrawn post: ${[...withdrawn].join(", ")}`,
      {
        hint: "Decline it and run the job again.",
      },
    );
}

async function existing(job: string, number: number, editions: EditionBook): Promise<Edition> {
  const edition = await editions.find(job, number);
  if (edition) return edition;
  throw new PostriderError("not_found", `There is no edition ${number} of "${job}"`, {
    hint: "`postrider jobs editions` shows them.",
  });
}

/** A test email may arrive twice if a process dies between sending and recording it. That is better than not at all. */
async function ask(edition: Edition, ports: ReviewPorts): Promise<void> {
  const { editions, sendTest, reviewUrl, log } = ports;
  let reached = 0;
  for (const reviewer of edition.reviewers)
    for (const { name, list = "" } of edition.channels) {
      const mail = await editions.mail(edition.job, edition.number, list);
      if (!mail) continue;
      try {
        await sendTest(name, reviewMail(mail, edition, list, reviewUrl(edition, reviewer)), list, reviewer);
        reached++;
      } catch (error) {
        log.error("a reviewer could not be reached", { job: edition.job, channel: name, error: messageOf(error) });
      }
    }
  // If no reviewer was reached, the next check tries again.
  if (reached > 0) await editions.asked(edition);
}

/** The exact email, with a note above it. */
export function reviewMail(mail: EmailRendition, edition: Edition, list: string, url: string | null): EmailRendition {
  const { job, number, expiresAt } = edition;
  const until = expiresAt ? ` until ${expiresAt.toISOString().slice(0, 16).replace("T", " ")} UTC` : "";
  const facts = `For review: edition ${number} of ${job}, to the list ${list}. One reviewer must approve it${until}. Otherwise it is not sent.`;
  const move = url ? "Read it and decide:" : `To approve it: postrider jobs approve ${job}/${number}`;
  const link = url ? ` <a href="${escapeHtml(url)}" style="color:#0b5cad;">${escapeHtml(url)}</a>` : "";
  const note = `<div style="padding:14px 18px;background:#fff3c4;color:#1b1f24;font:15px/1.5 sans-serif;">${escapeHtml(`${facts} ${move}`)}${link}</div>`;
  return {
    ...mail,
    subject: `[Review] ${mail.subject}`,
    html: mail.html.replace(/<body\b[^>]*>/i, (body) => body + note),
    text: [facts, url ? `${move} ${url}` : move, "", "----", "", mail.text].join("\n"),
  };
}
