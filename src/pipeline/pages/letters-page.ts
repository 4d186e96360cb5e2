/** The preview page for template authors: a digest, the confirmation and the welcome email. */

import type { Post } from "#core/posts/post.ts";
import type { EmailRendition, MailingList, Renderer } from "#core/renditions/rendition.ts";
import { framedPage, frames, scheme, section } from "./framed-page.ts";
import { mailPage } from "./mail-page.ts";

/** @param leaveUrl - the target of the unsubscribe links */
export async function lettersPage(
  post: Post,
  list: MailingList,
  renderer: Renderer,
  leaveUrl: string,
): Promise<string> {
  const letters: [name: string, note: string, mail: EmailRendition][] = [
    [
      "Digest",
      "templates/email/digest.mjml",
      await renderer.digest({ list, posts: [post], publishedAt: post.publishedAt }),
    ],
    ["Confirmation", "templates/email/confirm.mjml", await renderer.confirm({ list })],
    ["Welcome", "templates/email/welcome.mjml", await renderer.welcome({ list })],
  ];
  const sections = letters.flatMap(([name, note, mail]) => {
    const { html } = mailPage(mail, leaveUrl);
    return [
      section(name, note, frames(name, scheme(html, "light"))),
      section(`${name}, dark`, mail.subject, frames(`${name}, dark`, scheme(html, "dark"))),
    ];
  });
  return framedPage("Preview: digest, confirmation, welcome", sections.join("\n"));
}
