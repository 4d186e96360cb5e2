/** A renderer that costs nothing: its mails say which posts are in them. What a mail looks like is not what the model is about. */

import { join } from "node:path";
import { readConfiguration } from "#config/site/site.ts";
import type { Post } from "#core/posts/post.ts";
import type { EmailRendition, Renderer } from "#core/renditions/rendition.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { packageDir } from "#files/package.ts";
import { openRenderer } from "#render/renderer.ts";

export async function plainRenderer(): Promise<Renderer> {
  const { site } = await readConfiguration(join(packageDir, "postrider.yaml"), {});
  const real = await openRenderer({ templatesDir: join(packageDir, "templates"), site });
  const mail = (postId: string, revision: string, title: string, posts: readonly Post[]): EmailRendition => ({
    ...{ medium: "email", postId, revision, url: "https://example.org/", title, language: "en", subject: title },
    ...{
      preheader: "",
      html: "",
      text: posts.flatMap(({ tags }) => tags).join(" "),
      fallbackName: "",
      attachments: [],
    },
    slots: { unsubscribeUrl: "", viewUrl: "", preferencesUrl: "", preferences: "", confirmUrl: "", name: "" },
  });
  const email: Renderer["email"] = async (post) => mail(post.id, post.revision, post.title, [post]);
  return {
    ...{ ...real, email, archived: email },
    digest: async ({ posts, edition }) =>
      mail(edition?.id ?? "", sha256(JSON.stringify([edition, posts])), "Digest", posts),
  };
}
