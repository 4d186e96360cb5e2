/** Reads posts and texts for declared jobs from the folder. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PostriderError } from "#core/errors.ts";
import type { Post } from "#core/posts/post.ts";
import type { SiteContext } from "../site.ts";

/** Every post of the folder that may be in a digest. */
export async function goodPosts({ content }: SiteContext): Promise<Post[]> {
  const posts: Post[] = [];
  for (const path of await content.list()) {
    const { post, diagnostics } = await content.read(path);
    if (post && post.status !== "draft" && !diagnostics.some(({ severity }) => severity === "error")) posts.push(post);
  }
  return posts;
}

/** Every post of the folder that is not a draft, also posts with errors. */
export async function standingPosts({ content }: SiteContext): Promise<Post[]> {
  const posts: Post[] = [];
  for (const path of await content.list()) {
    const { post } = await content.read(path);
    if (post && post.status !== "draft") posts.push(post);
  }
  return posts;
}

/** @param path - relative to the site. @throws PostriderError for a post that must not be sent now */
export async function readyPost({ config, content, clock }: SiteContext, path: string): Promise<Post> {
  const { post, diagnostics } = await content.read(join(config.dir, path));
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (!post || error || post.status === "draft" || post.status === "held")
    throw new PostriderError("invalid", error?.message ?? "This post is a draft", { file: path });
  if (new Date(post.publishedAt) > clock.now())
    throw new PostriderError("invalid", `This post is dated ${post.publishedAt}`, { file: path });
  return post;
}

/** @throws PostriderError `not_found` */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new PostriderError("not_found", `The text can't be read (${(cause as NodeJS.ErrnoException).code})`, {
      file,
      cause,
    });
  }
}
