/** Checks and previews for callers who are not at this machine: they name posts of the site, and no other file of it. */

import { type Actor, perform } from "../act.ts";
import type { DeskPorts } from "../ports.ts";
import { type CheckAnswer, type CheckPorts, checkPosts } from "./check.ts";
import { type PreviewAnswer, previewPost } from "./preview.ts";

type PreviewPorts = Omit<Parameters<typeof previewPost.run>[2], keyof DeskPorts>;

/** Opened when they are asked for, because a server needs them rarely. */
export interface TryingPorts {
  checks(): Promise<CheckPorts>;
  preview(): PreviewPorts;
}

const mostMs = 60_000;

/** @param post - its path below the content folder, or its id. @throws PostriderError `not_found` */
export async function checkNamed(
  post: string,
  actor: Actor,
  { desk, trying }: { desk: DeskPorts; trying: TryingPorts },
): Promise<CheckAnswer> {
  const { path } = await desk.readPost(post);
  const following = { checked: () => undefined, shortPath: desk.placeOf, stop: AbortSignal.timeout(mostMs) };
  return perform(checkPosts, { posts: [path] }, actor, { ...(await trying.checks()), ...following });
}

/** @param post - its path below the content folder, or its id. @throws PostriderError `not_found` */
export async function previewNamed(
  post: string,
  actor: Actor,
  { desk, trying }: { desk: DeskPorts; trying: Pick<TryingPorts, "preview"> },
): Promise<PreviewAnswer> {
  return perform(previewPost, { post }, actor, { ...desk, ...trying.preview() });
}
