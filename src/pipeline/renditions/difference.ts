/** Compares two renditions line by line, as readers would see them. */

import { diff } from "node:util";
import type { EmailRecipient } from "#core/adapter.ts";
import type { PostLedger } from "#core/ports/deciding.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { Copy } from "#core/publishing/republish.ts";
import type { Rendition } from "#core/renditions/rendition.ts";
import { fillSlots } from "#core/renditions/slots.ts";
import type { Destination } from "./renditions.ts";

export interface Differing {
  ledger: Pick<PostLedger, "post">;
  render(post: Post, destination: Destination): Promise<Rendition>;
}

/** Lines of text: ` ` unchanged, `-` published, `+` current. Empty if nothing changes, or if the published text is unknown. */
export async function differenceOf(
  post: Post,
  copy: Pick<Copy, "revision" | "channel" | "adapter" | "medium">,
  channel: Pick<Channel, "list">,
  { ledger, render }: Differing,
): Promise<string[]> {
  if (copy.revision === post.revision) return [];
  const before = await ledger.post(post.id, copy.revision).catch(() => null);
  if (!before) return [];
  const destination = { ...copy, list: channel.list ?? null };
  const [out, now] = await Promise.all([render(before, destination), render(post, destination)]);
  const sign = { "-1": "+", "0": " ", "1": "-" } as const;
  return diff(linesOf(out), linesOf(now)).flatMap(([operation, line]) =>
    operation === 0 && line === "" ? [] : [`${sign[`${operation as -1 | 0 | 1}`]} ${line}`],
  );
}

/** The personal links differ for each reader and are not part of the text. */
const anybody: EmailRecipient = {
  ...{ address: "", list: { name: "", title: "" } },
  ...{ unsubscribeUrl: "…", viewUrl: "…", preferencesUrl: "…" },
};

function linesOf(rendition: Rendition): string[] {
  if (rendition.medium === "email") return [rendition.subject, ...fillSlots(rendition, anybody).text.split("\n")];
  if (rendition.medium === "note") return [rendition.text, ...rendition.thread].flatMap((text) => text.split("\n"));
  return [rendition.title, rendition.summary, ...rendition.html.split(/\n|(?<=<\/(?:p|h\d|li|pre)>)/)];
}
