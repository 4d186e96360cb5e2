/** The declared jobs, and the editions that they made. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import type { Edition } from "#core/jobs/edition.ts";
import { pageOf } from "#core/listings/page.ts";
import type { EmailRendition } from "#core/renditions/rendition.ts";
import { mailPage } from "#pipeline/pages/mail-page.ts";
import { type Actor, act, anyLimits, type Shown } from "../act.ts";
import { edition, editionsAnswer, job, jobsAnswer, occurrence, shownEditionAnswer } from "../answers/job.ts";
import { destinationOf, isSeen, requireDestinations } from "../limits.ts";
import { keyForms, listing } from "../listing.ts";
import type { DeskPorts, JobOverview, JobsPort } from "../ports.ts";

export { mailPage };

type JobPorts = Pick<DeskPorts, "jobs">;

const name = /^[^\0]{1,400}$/;

export const listJobs = act({
  name: "jobs.list",
  asks: z.strictObject({}),
  needs: "read",
  answers: jobsAnswer,
  run: (_, __: Actor, { jobs }: JobPorts): ReturnType<JobsPort["overview"]> => jobs.overview(),
  document: jobsDocument,
});

/** In the order of their names. */
export const pageJobs = listing({
  list: "jobs",
  needs: "read",
  filter: {},
  item: job,
  keys: name,
  async find(_, slice, { jobs }: JobPorts) {
    const { jobs: all } = await jobs.overview();
    const sorted = all.toSorted((a, b) => (a.job.name < b.job.name ? -1 : 1));
    const { items, after } = pageOf(sorted, slice, (each) => each.job.name);
    return { items: items.map(itemOf), after };
  },
});

/** Newest first. */
export const pageEditions = listing({
  list: "editions",
  needs: "read",
  within: anyLimits,
  filter: { job: z.string().min(1).optional(), state: edition.shape.state.optional() },
  item: edition,
  keys: /^\d{1,18} [^\0]{1,400}$/,
  async find({ job: of, state }, slice, { jobs }: JobPorts, actor) {
    const all = await jobs.editions.list({ ...(of !== undefined && { job: of }), ...(state && { state }) });
    const own = all.filter(({ channels }) => channels.every((channel) => isSeen(actor, destinationOf(channel))));
    return pageOf(own, slice, ({ number, job }) => `${number} ${job}`);
  },
});

/** When a job ran, or should have; newest first. */
export const pageOccurrences = listing({
  list: "occurrences",
  needs: "read",
  filter: { job: z.string().min(1) },
  item: occurrence,
  keys: keyForms.number,
  async find({ job: of }, slice, { jobs }: JobPorts) {
    return pageOf(await jobs.occurrences.list(of), slice, ({ scheduledFor }) => String(scheduledFor.getTime()));
  },
});

export const listEditions = act({
  name: "editions.list",
  /** @param job - default: all jobs. */
  asks: z.strictObject({ job: z.string().min(1).optional() }),
  needs: "read",
  within: anyLimits,
  answers: editionsAnswer,
  run: async ({ job }, actor: Actor, { jobs }: JobPorts): Promise<{ editions: Edition[] }> => ({
    editions: (await jobs.editions.list(job === undefined ? {} : { job })).filter(({ channels }) =>
      channels.every((channel) => isSeen(actor, destinationOf(channel))),
    ),
  }),
  document: (answer) => answer,
});

function itemOf({ job: file, ...rest }: JobOverview): z.input<typeof job> {
  return { ...file, ...rest };
}

function jobsDocument(
  { jobs, problems }: Awaited<ReturnType<JobsPort["overview"]>>,
  { placeOf }: Shown,
): z.input<typeof jobsAnswer> {
  return {
    jobs: jobs.map(itemOf),
    problems: problems.map(({ file = "", line = null, message }) => ({ file: file && placeOf(file), line, message })),
  };
}

export interface EditionAnswer {
  edition: Edition;
  posts: { postId: string; url: string }[];
  /** By list. The empty name is for channels without a list. */
  mails: Record<string, EmailRendition>;
}

export const showEdition = act({
  name: "editions.show",
  looks: true,
  asks: z.strictObject({ job: z.string().min(1), number: z.int().min(0) }),
  needs: ["read", "review"],
  within: anyLimits,
  answers: shownEditionAnswer,
  async run({ job, number }, actor: Actor, { jobs: { editions } }: JobPorts): Promise<EditionAnswer> {
    const edition = await editions.find(job, number);
    if (!edition)
      throw new PostriderError("not_found", `There is no edition ${job}/${number}`, {
        hint: "`postrider jobs editions` lists them.",
      });
    requireDestinations(actor, edition.channels.map(destinationOf));
    const mails: EditionAnswer["mails"] = {};
    for (const list of new Set(edition.channels.map((channel) => channel.list ?? ""))) {
      const mail = await editions.mail(job, number, list);
      if (mail) mails[list] = mail;
    }
    return { edition, posts: await editions.contents(job, number), mails };
  },
  document: editionDocument,
});

function editionDocument({ edition, posts, mails }: EditionAnswer): z.input<typeof shownEditionAnswer> {
  const shown = Object.entries(mails).map(([list, mail]) => [
    list,
    { subject: mail.subject, ...mailPage(mail, mail.url) },
  ]);
  return { edition, posts, mails: Object.fromEntries(shown) };
}
