/** Renders everything that would be sent, as files to look at. Makes no connections and writes nothing itself. */

import type { Adapter, EmailRecipient, Envelope } from "#core/adapter.ts";
import type { FeedItem } from "#core/feed.ts";
import type { Pictures } from "#core/posts/picture.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { EmailRendition, FeedRendition, NoteRendition, Renderer } from "#core/renditions/rendition.ts";
import { fillSlots } from "#core/renditions/slots.ts";
import { deliveryKey, sha256 } from "#core/sending/idempotency.ts";
import { leftOutOf } from "#pipeline/publishing/left-out.ts";
import { measureOf, openRenditions } from "#pipeline/renditions/renditions.ts";
import { lettersPage } from "./letters-page.ts";
import { withPictures, withShown } from "./mail-page.ts";
import { notesPage, type ShownNote } from "./notes-page.ts";
import { previewPage } from "./preview-page.ts";

export interface PreviewPorts {
  renderer: Renderer;
  /** Absent: pictures are linked to their future addresses. */
  pictures?: Pick<Pictures, "prepare">;
  adapters: ReadonlyMap<string, Adapter>;
  channels: readonly Channel[];
  buildMail(envelope: Envelope<"email">, channel: Channel): Promise<Buffer>;
  feedXml(items: readonly FeedItem[]): string;
  unsubscribeUrl(channel: string): string;
}

/** A reader who doesn't exist (RFC 2606 §3). */
const reader = { address: "reader@example.org", name: "A Reader" };

/** File name -> content: `email.html`, `email.txt`, `email.eml`, `feed.xml`, `social.json`, `social.html`, `report.json`, `report.html`, `letters.html`. */
export async function preview(post: Post, ports: PreviewPorts): Promise<Map<string, string | Buffer>> {
  const files = new Map<string, string | Buffer>();
  const render = openRenditions(ports.renderer, ports.adapters, {
    styleOf: (name) => ports.channels.find((channel) => channel.name === name)?.style ?? {},
  });
  const renditionFor = (channel: Channel) => render(post, { ...channel, channel: channel.name });
  const leftOut = leftOutOf(post, ports.channels);
  const report: Record<string, unknown> = {
    post: { id: post.id, title: post.title, url: post.url, revision: post.revision, status: post.status },
    diagnostics: post.diagnostics,
    leftOut,
  };

  const mail = ports.channels.find((channel) => channel.medium === "email");
  if (mail) {
    const rendition = (await renditionFor(mail)) as EmailRendition;
    const envelope = envelopeFor(post, mail, rendition, ports.unsubscribeUrl(mail.name));
    const eml = await ports.buildMail(envelope, mail);
    const filled = fillSlots(rendition, envelope.recipient);
    const html = withPictures(filled.html, rendition.attachments);
    const { text } = filled;
    const fidelity = await ports.renderer.fidelity(post, envelope.recipient.list);
    files.set("email.html", html);
    files.set("email.txt", text);
    files.set("email.eml", eml);
    report["email"] = {
      channel: mail.name,
      subject: rendition.subject,
      preheader: rendition.preheader,
      htmlBytes: fidelity.htmlBytes,
      textBytes: Buffer.byteLength(rendition.text),
      messageBytes: eml.length,
      pictureBytes: fidelity.pictureBytes,
      changes: fidelity.changes,
      clients: fidelity.clients,
    };
    const { subject, preheader } = rendition;
    // The author previews a post before the site is built, so its pictures are not online yet.
    const shown = withShown(filled.html, fidelity.pictures);
    files.set("report.html", previewPage({ title: post.title, subject, preheader, html: shown, text, fidelity }));
    const { list, unsubscribeUrl } = envelope.recipient;
    files.set("letters.html", await lettersPage(post, list, ports.renderer, unsubscribeUrl));
  }
  const feed = ports.channels.find((channel) => channel.medium === "feed");
  if (feed) files.set("feed.xml", ports.feedXml([feedItem(post, (await renditionFor(feed)) as FeedRendition)]));
  const channels = ports.channels.filter(({ name }) => !Object.hasOwn(leftOut, name));
  const notes = await notesOf({ ...ports, channels }, renditionFor);
  files.set("social.json", `${JSON.stringify(Object.fromEntries(notes.map(told)), null, 2)}\n`);
  if (notes.length > 0 || Object.keys(leftOut).length > 0) {
    const picture = await pictureOf(post, ports);
    const illustrated = notes.map((note) => ({ ...note, picture }));
    const shown = { title: post.title, author: authorOf(post), notes: illustrated, leftOut };
    files.set("social.html", notesPage(`Notes: ${post.title}`, [shown]));
  }
  files.set("report.json", `${JSON.stringify(report, null, 2)}\n`);
  return files;
}

function envelopeFor(
  post: Post,
  channel: Channel,
  rendition: EmailRendition,
  unsubscribeUrl: string,
): Envelope<"email"> & { recipient: EmailRecipient } {
  const list = channel.list ?? channel.name;
  return {
    key: deliveryKey({ channel: channel.name, postId: post.id, recipient: "preview", generation: 1 }),
    rendition,
    recipient: { ...reader, list: { name: list, title: list }, unsubscribeUrl, viewUrl: post.url },
    publishedAt: new Date(post.publishedAt),
  };
}

/** A preview has a derived guid. The real one is created when the post is published. */
function feedItem(post: Post, rendition: FeedRendition): FeedItem {
  const digits = sha256(post.id);
  const groups = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ];
  const publishedAt = new Date(post.publishedAt);
  return { guid: `urn:uuid:${groups.join("-")}`, publishedAt, updatedAt: publishedAt, rendition };
}

/** Twice the greatest width at which it is shown. */
const pictureWidth = 1280;

async function pictureOf({ image, path }: Post, { pictures }: PreviewPorts): Promise<string | undefined> {
  if (!image || !pictures) return undefined;
  const found = await pictures.prepare({ source: image.url, url: image.url, postPath: path, width: pictureWidth });
  if (found.kind === "refused") return undefined;
  return `data:${found.type};base64,${Buffer.from(found.content).toString("base64")}`;
}

/** The author that a network would show. */
function authorOf(post: Post): string {
  return post.authors[0]?.name ?? "";
}

async function notesOf(
  { channels, adapters }: PreviewPorts,
  renditionFor: (channel: Channel) => Promise<unknown>,
): Promise<ShownNote[]> {
  const notes: ShownNote[] = [];
  for (const channel of channels) {
    const adapter = adapters.get(channel.adapter);
    if (channel.medium !== "note" || !adapter) continue;
    const note = (await renditionFor(channel)) as NoteRendition;
    notes.push(shownNote(channel.name, adapter, note));
  }
  return notes;
}

/** A note with its counts by the network's own rule. */
export function shownNote(channel: string, adapter: Adapter, note: NoteRendition): ShownNote {
  const measure = measureOf(adapter);
  const counts = [note.text, ...note.thread].map(measure);
  const { maxLength = null, card = "crawl" } = adapter.traits;
  return { channel, adapter: adapter.name, note, counts, limit: maxLength, card };
}

function told({ channel, adapter, note, counts, limit }: ShownNote): [string, Record<string, unknown>] {
  const { title, description, image } = note.card;
  return [
    channel,
    {
      ...{ adapter, text: note.text, count: counts[0] ?? 0, limit, link: note.url, thread: note.thread },
      card: { title, description, image: image?.url ?? null, alt: image?.alt ?? null },
    },
  ];
}
