/** A site that answers readers and mails them, with what came by mail at hand. */

import type { EmailRecipient, Envelope } from "#core/adapter.ts";
import { openTestApp, type TestApp } from "./app.ts";
import { openBackend } from "./backends.ts";
import { openProbe } from "./probe.ts";

export interface ReaderSite extends AsyncDisposable {
  test: TestApp;
  url: string;
  /** Everything that was sent, in order. */
  mails: Envelope<"email">[];
  /** A link of a mail, at the address where this site really listens. */
  here(link: string | undefined): string;
  /** Posts a form. */
  post(url: string, fields: Record<string, string | string[]>, headers?: Record<string, string>): Promise<Response>;
  lastMail(): { recipient: EmailRecipient; text: string; subject: string };
}

export const secret = "a secret of this test";

/** @param more - lines of `postrider.yaml`. */
export async function openReaderSite(more = "", workers = true): Promise<ReaderSite> {
  await using opening = new AsyncDisposableStack();
  const backend = opening.use(await openBackend({}));
  const probe = openProbe();
  const mails: Envelope<"email">[] = [];
  probe.answer = async (envelope) => {
    mails.push(envelope);
    return { remoteId: envelope.key.slice(0, 8) };
  };
  const test = opening.use(await openTestApp(backend, [probe.adapter], {}, { secret }, {}, more));
  if (workers) opening.use(await test.app.startWorkers(test.channels, new AbortController().signal));
  const { url } = opening.use(await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 }));
  const opened = opening.move();
  return {
    test,
    url,
    mails,
    here: (link = "") => link.replace("https://news.example.org", url),
    post(target, fields, headers = {}) {
      const body = new URLSearchParams(
        Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
      );
      return fetch(target, { method: "POST", body, headers });
    },
    lastMail() {
      const mail = mails.at(-1);
      if (!mail) throw new Error("nothing was sent");
      return { recipient: mail.recipient, text: mail.rendition.text, subject: mail.rendition.subject };
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
