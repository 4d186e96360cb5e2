/** Errors for a file that may be an earlier post: they name both posts, and explain how to decide. */

import { PostriderError } from "#core/errors.ts";
import type { Post } from "#core/posts/post.ts";

/** A post that the file may be. */
export interface Other {
  postId: string;
  title: string;
  /** The name of its file: an existing one, or else the last known one. */
  name: string;
  isThere: boolean;
  isSure: boolean;
  hasAddress: boolean;
}

export function unclear(post: Post, possible: readonly Other[]): PostriderError {
  const [first, second] = possible;
  const names = possible.map(({ title, name }) => `"${title}" (${name})`);
  const shared = first?.hasAddress ? `the address of ${names[0]}` : `the same text as ${names[0]}, whose file is gone`;
  const message = second
    ? `${who(post)} may be one of these posts, whose files are gone: ${names.join(", ")}`
    : `${who(post)} has ${shared}, but another title and another date`;
  const sameAs = possible.map(({ name }) => `--same-as ${name}`).join(" or ");
  const same = `\`${sameAs}\` treats it as the renamed post.`;
  return new PostriderError("conflict", message, {
    file: post.path,
    hint: possible.some(({ hasAddress }) => hasAddress)
      ? `\`postrider publish\` with ${same} If it is a new post, give it another permalink.`
      : `\`postrider publish --new\` publishes it as a new post; ${same}`,
  });
}

export function reusedName(post: Post, title: string, holder: string): PostriderError {
  return new PostriderError(
    "conflict",
    `${who(post)} has the file name that "${title}" (${holder}) had before it was renamed, and both files are there`,
    {
      file: post.path,
      hint: `\`postrider publish --new\` publishes it as a new post. If it is the same post (\`--same-as ${holder}\`), delete ${holder} first.`,
    },
  );
}

export function sharedAddress(post: Post, { title, name }: Pick<Other, "title" | "name">): PostriderError {
  return new PostriderError("conflict", `${who(post)} has the address of "${title}" (${name}): ${post.url}`, {
    file: post.path,
    hint: `Give one of them another permalink. If both are the same post, delete ${name} and use \`postrider publish --same-as ${name}\`.`,
  });
}

export function rivalry(post: Post, rival: Post): PostriderError {
  return new PostriderError(
    "conflict",
    `${who(post)} and ${who(rival)} may both be the post ${post.id}, whose file is gone`,
    {
      file: post.path,
      hint: `\`postrider publish --new\` publishes one as a new post; \`--same-as ${post.id}\` selects the one that was renamed.`,
    },
  );
}

export function who({ title, fileName, path }: Post): string {
  return `"${title}" (${fileName ?? path})`;
}
