/** Emails as they were rendered once. These are sent, even if the post, template or theme changes later. */

import type { EmailRendition } from "#core/renditions/rendition.ts";
import type { Database } from "#store/database/database.ts";

export type StoredMail = Omit<EmailRendition, "attachments"> & {
  attachments: (Omit<EmailRendition["attachments"][number], "content"> & { content: string })[];
};

export interface FrozenMails {
  find(publicationId: string, channel: string): Promise<EmailRendition | null>;
  /** Stores an email if none is stored yet, and returns the stored one. */
  keep(publicationId: string, channel: string, mail: EmailRendition): Promise<EmailRendition>;
}

export function openFrozenMails({ pool }: Database): FrozenMails {
  const find = async (publicationId: string, channel: string): Promise<EmailRendition | null> => {
    const { rows } = await pool.query<{ rendition: StoredMail }>(
      "select rendition from postrider.frozen_mail where publication_id = $1 and channel = $2",
      [publicationId, channel],
    );
    return rows[0] ? thawed(rows[0].rendition) : null;
  };
  return {
    find,
    async keep(publicationId, channel, mail) {
      await pool.query(
        "insert into postrider.frozen_mail (publication_id, channel, rendition) values ($1, $2, $3) on conflict do nothing",
        [publicationId, channel, frozen(mail)],
      );
      return (await find(publicationId, channel)) ?? mail;
    },
  };
}

/** As JSON. */
export function frozen(mail: EmailRendition): string {
  const attachments = mail.attachments.map((each) => ({
    ...each,
    content: Buffer.from(each.content).toString("base64"),
  }));
  return JSON.stringify({ ...mail, attachments } satisfies StoredMail);
}

export function thawed(mail: StoredMail): EmailRendition {
  const attachments = mail.attachments.map((each) => ({ ...each, content: Buffer.from(each.content, "base64") }));
  return { ...mail, attachments };
}
