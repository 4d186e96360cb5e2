/** The files of posts: all of the folder, page by page, and one with its findings. */

import { z } from "zod";
import { isNotFound } from "#core/errors.ts";
import type { Reading } from "#core/posts/content.ts";
import type { Diagnostic } from "#core/posts/diagnostic.ts";
import { type Actor, act, anyLimits } from "../act.ts";
import { diagnostic } from "../answers/common.ts";
import { listing } from "../listing.ts";
import type { DeskPorts } from "../ports.ts";
import { readNamed } from "./read.ts";

export interface PostFile {
  /** Below the site's folder. */
  path: string;
  /** Under which the ledger knows the post; `null` if the file can't be read as a post. */
  id: string | null;
  title: string | null;
  url: string | null;
  publishedAt: string | null;
  status: string;
  diagnostics: Diagnostic[];
}

export const postFile = z.strictObject({
  path: z.string().meta({ examples: ["content/posts/hello.md"] }),
  id: z.string().nullable(),
  title: z.string().nullable(),
  url: z.string().nullable(),
  publishedAt: z.string().nullable(),
  status: z.string(),
  diagnostics: z.array(diagnostic),
});

type Ports = Pick<DeskPorts, "postFiles" | "readFile" | "recognise" | "placeOf">;

/** Those that were edited last at first. */
export const listPostFiles = listing({
  list: "post-files",
  needs: "read",
  within: anyLimits,
  filter: { text: z.string().min(1).max(200).optional().describe("A part of the path") },
  item: postFile,
  keys: /^[^\0]{1,1000}$/,
  async find({ text }, { after, limit }, ports: Ports) {
    const wanted = text?.toLowerCase();
    const paths = (await ports.postFiles()).filter(
      (path) => wanted === undefined || ports.placeOf(path).toLowerCase().includes(wanted),
    );
    const from = after === null ? 0 : paths.findIndex((path) => ports.placeOf(path) === after) + 1;
    const shown = paths.slice(from, from + limit);
    const items = await Promise.all(shown.map(async (path) => fileOf(await ports.readFile(path), ports)));
    return { items, after: paths.length > from + limit ? (items.at(-1)?.path ?? null) : null };
  },
});

export const showPostFile = act({
  name: "posts.show-file",
  looks: true,
  asks: z.strictObject({ post: z.string().min(1) }),
  needs: "read",
  within: anyLimits,
  answers: z.strictObject({ file: postFile.nullable() }),
  /** `null`: there is no such file. The ledger may still know the post. */
  async run(
    { post }: { post: string },
    actor: Actor,
    ports: Ports & Pick<DeskPorts, "readPost">,
  ): Promise<{ file: PostFile | null }> {
    const reading = await readNamed(post, actor, ports).catch((error: unknown) => {
      if (isNotFound(error)) return null;
      throw error;
    });
    return { file: reading && (await fileOf(reading, ports)) };
  },
  document: (answer) => answer,
});

async function fileOf(
  { path, post, diagnostics }: Reading,
  { recognise, placeOf }: Pick<Ports, "recognise" | "placeOf">,
): Promise<PostFile> {
  const [known = post] = await recognise(post ? [post] : []);
  return {
    path: placeOf(path),
    id: known?.id ?? null,
    title: post?.title ?? null,
    url: post?.url ?? null,
    publishedAt: post?.publishedAt ?? null,
    status: diagnostics.some(({ severity }) => severity === "error") ? "held" : (post?.status ?? "held"),
    diagnostics,
  };
}
