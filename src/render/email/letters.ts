/** Emails that are not posts: the confirmation, the welcome, and the link to one's data. */

import { legalLine } from "#core/posts/legal-text.ts";
import type { EmailRendition, Letter } from "#core/renditions/rendition.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { underlined } from "#render/article/text.ts";
import { wrap } from "#render/article/wrap.ts";
import { validLanguage, wordsFor } from "#render/words/words.ts";
import { type EmailSetting, frameValues, htmlOf, logoOf } from "./frame.ts";
import { lines, textFooter } from "./plain-text.ts";
import { slotsFor } from "./slots.ts";

/** @throws ConfigError when the template can't be rendered. */
export async function letterRendition(
  kind: "confirm" | "welcome" | "data",
  letter: Letter,
  setting: EmailSetting,
): Promise<EmailRendition> {
  const { site, theme } = setting;
  const words = wordsFor(letter.language ?? site.language, site.language);
  const language = validLanguage(words.language);
  const [list, name] = [legalLine(letter.list.title), legalLine(site.title)];
  const said = words[kind];
  const [subject, body] = [legalLine(said.subject(list, name)), said.body(list, name)];
  const revision = sha256(JSON.stringify([kind, language, letter.list, site.url, site.title]));
  const slots = slotsFor(revision);
  const ignore = kind === "welcome" ? "" : words[kind].ignore;
  // Somebody who has not confirmed is not on a list yet, and can't unsubscribe.
  const leave = kind === "welcome";
  const reason = leave ? words.reason(list, name) : "";
  const { direction } = words;
  const frame = { language, direction, title: subject, preheader: body, reason, slots, onWeb: false, leave, words };
  const { logo, gallery } = await logoOf(setting);
  const values = frameValues({ ...frame, coloured: false }, logo, setting);
  const target = kind === "welcome" ? `${site.url}/` : slots.confirmUrl;
  return {
    medium: "email",
    postId: kind,
    revision,
    url: `${site.url}/`,
    ...{ title: subject, subject, language, preheader: body, slots },
    html: await htmlOf(
      setting.templates[kind === "welcome" ? kind : "confirm"]({ ...values, body, ignore, button: said.button }),
    ),
    text: lines(
      ...underlined(subject, "="),
      "",
      ...wrap(body),
      "",
      `${said.button}:`,
      target,
      ...(ignore ? ["", ...wrap(ignore)] : []),
      ...textFooter(frame, slots, site, theme),
    ),
    fallbackName: theme.reader ?? words.reader,
    attachments: gallery.attachments,
  };
}
