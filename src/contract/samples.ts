/** Sample envelopes and tools for testing an adapter, as the worker would pass them. */

import type { Adapter, Envelope, Keep, Tools, Transport } from "#core/adapter.ts";
import type { Log } from "#core/log.ts";
import type { Medium, Rendition } from "#core/renditions/rendition.ts";
import { DeliveryError, type Failure } from "#core/sending/delivery.ts";
import { sha256 } from "#core/sending/idempotency.ts";

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

export const never = new AbortController().signal;

const common = {
  postId: "hello.md",
  revision: "a".repeat(64),
  url: "https://example.org/blog/hello/",
  title: "Hello",
  language: "en",
};

const renditions: { [M in Medium]: Rendition<M> } = {
  email: {
    ...common,
    medium: "email",
    subject: "Hello",
    preheader: "A greeting",
    html: '<!doctype html><html><body><p>Hello</p><p><a href="SLOTLEAVE">Unsubscribe</a></p></body></html>',
    text: "Hello\n\nUnsubscribe: SLOTLEAVE\n",
    slots: {
      unsubscribeUrl: "SLOTLEAVE",
      viewUrl: "SLOTVIEW",
      preferencesUrl: "SLOTPREFERENCES",
      preferences: "SLOTOPTION",
      confirmUrl: "SLOTCONFIRM",
      name: "SLOTNAME",
    },
    fallbackName: "reader",
    attachments: [],
  },
  feed: {
    ...common,
    medium: "feed",
    summary: "A greeting",
    html: "<p>Hello</p>",
    authors: [{ name: "Ada" }],
    tags: ["news"],
    publishedAt: "2026-01-05T09:00:00.000Z",
  },
  note: {
    ...common,
    medium: "note",
    text: "Hello https://example.org/blog/hello/",
    thread: [],
    summary: "A greeting",
    tags: ["news"],
    card: { title: "Hello", description: "A greeting" },
  },
};

export function anEnvelope<M extends Medium>(medium: M, subject = "one"): Envelope<M> {
  return {
    key: sha256(subject),
    rendition: renditions[medium],
    publishedAt: new Date("2026-01-05T09:00:00Z"),
    recipient:
      medium === "email"
        ? {
            address: "ada@example.org",
            name: "Ada",
            list: { name: "everyone", title: "everyone" },
            unsubscribeUrl: "https://news.example.org/unsubscribe/token",
            viewUrl: "https://example.org/blog/hello/",
          }
        : null,
  } as unknown as Envelope<M>;
}

export function tools(more: Partial<Tools> = {}): Tools {
  const site = {
    title: "A Blog",
    url: "https://example.org",
    description: "",
    language: "en",
    timezone: "UTC",
  };
  return {
    channel: "test",
    site,
    publicUrl: "https://news.example.org",
    baseDir: "/nonexistent",
    fetch,
    clock: { now: () => new Date("2026-01-05T09:00:00Z"), sleep: async () => undefined },
    log: silent,
    share: (connections) => connections,
    keep: keepInMemory(),
    feed: {
      put: async (_rendition, _change, _settings, write) => {
        const changedAt = new Date("2026-01-05T09:00:00Z");
        const selfUrl = "https://news.example.org/feed.xml";
        await write({ written: [{ path: "feed.xml", format: "rss", selfUrl, body: "<rss/>", changedAt }], gone: [] });
        return { guid: "urn:uuid:0" };
      },
      setCopies: async () => true,
      rebuild: async () => undefined,
    },
    ...more,
  };
}

/** Parses the settings as the configuration does, then opens the channel. */
export async function openChannel<M extends Medium, C>(
  adapter: Adapter<M, C>,
  settings: unknown,
  more: Partial<Tools> = {},
): Promise<Transport<M>> {
  const result = await adapter.config["~standard"].validate(settings);
  if (result.issues) throw new Error(result.issues.map((issue) => issue.message).join("; "));
  return adapter.open(result.value, tools(more));
}

/** Returns the failure of sending. @throws if it did not fail, or failed with another error than a `DeliveryError`. */
export async function failureOf(sending: Promise<unknown>): Promise<Failure> {
  const error = await sending.then(
    () => new Error("it was accepted"),
    (thrown: unknown) => thrown,
  );
  if (error instanceof DeliveryError) return error.failure;
  throw error;
}

/** A channel's stored secrets, in memory. */
export function keepInMemory(kept: unknown = null): Keep {
  let value = kept;
  let turn: Promise<unknown> = Promise.resolve();
  return {
    read: async () => value,
    change: (change) => {
      turn = turn.then(async () => {
        const next = await change(value);
        if (next !== undefined) value = next;
        return value;
      });
      return turn;
    },
  };
}
