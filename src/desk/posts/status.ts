/** The deliveries of every post, or of one post by its file, id or address. */

import { z } from "zod";
import { isNotFound, PostriderError } from "#core/errors.ts";
import type { Post } from "#core/posts/post.ts";
import type { PublicationReport } from "#core/publishing/publication.ts";
import { type Actor, act, anyLimits } from "../act.ts";
import { statusAnswer } from "../answers/publication.ts";
import { reportsWithin } from "../limits.ts";
import type { DeskPorts, ReadPorts } from "../ports.ts";
import { readNamed } from "./read.ts";

export interface StatusAnswer {
  publications: PublicationReport[];
  /** Channels that have something to send, but no running worker. */
  idle: string[];
}

type StatusPorts = Pick<DeskPorts, "ledger" | "recognise" | "mailedLists"> & ReadPorts;

export const status = act({
  name: "posts.status",
  asks: z.strictObject({ post: z.string().min(1).optional() }),
  needs: "read",
  within: anyLimits,
  answers: statusAnswer,
  async run({ post: name }, actor: Actor, ports: StatusPorts): Promise<StatusAnswer> {
    const all = name === undefined ? await ports.ledger.report() : await named(name, actor, ports);
    const publications = reportsWithin(actor, all, ports);
    const worked = await ports.ledger.workedChannels();
    const open = [...new Set(publications.flatMap(unsentChannels))];
    return { publications, idle: open.filter((channel) => !worked.has(channel)) };
  },
  document: ({ publications }) => ({ publications }),
});

async function named(name: string, actor: Actor, ports: StatusPorts): Promise<PublicationReport[]> {
  const { post, reports } = await reportsNamed(name, actor, ports);
  if (reports.length > 0 || post) return reports;
  throw new PostriderError("not_found", `"${name}" is not a published post and not a file`, {
    hint: "`postrider status` without a name lists every post.",
  });
}

/** The ledger's reports of a named post, and the post as its file is now; `null`: there is none. */
export async function reportsNamed(
  name: string,
  actor: Actor,
  ports: StatusPorts,
): Promise<{ post: Post | null; reports: PublicationReport[] }> {
  const { post: written } = await readNamed(name, actor, ports).catch((error: unknown) => {
    if (isNotFound(error)) return { post: null };
    throw error;
  });
  const [post = null] = await ports.recognise(written ? [written] : []);
  // The reports of one post cost little; only an address needs all of them.
  const ids = [...new Set([name, ...(post ? [post.id] : [])])];
  const found = (await Promise.all(ids.map((id) => ports.ledger.report(id)))).flat();
  if (found.length > 0 || !/^https?:/i.test(name)) return { post, reports: found };
  return { post, reports: (await ports.ledger.report()).filter(({ url }) => url === name) };
}

/** Channels with deliveries to send that are not paused or stopped. */
function unsentChannels({ channels }: PublicationReport): string[] {
  return Object.entries(channels)
    .filter(([, { counts, freezing, scheduledFor, paused, stalled, cancelledAt }]) => {
      const open = counts.pending + counts.retrying > 0 || freezing || scheduledFor;
      return open && !paused && !stalled && !cancelledAt;
    })
    .map(([name]) => name);
}
