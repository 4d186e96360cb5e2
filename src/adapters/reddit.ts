/**
 * Submits the post's link to a subreddit (https://www.reddit.com/dev/api#POST_api_submit). A title can't be edited: a
 * correction deletes the link and submits it again.
 */

import { z } from "zod";
import type { Adapter, Transport } from "#core/adapter.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { DeliveryError, type Receipt } from "#core/sending/delivery.ts";
import { httpAddress } from "./http/address.ts";
import { openSession } from "./reddit/session.ts";

const secret = z.string().min(1);
const config = z.strictObject({
  /** Without `r/`. */
  subreddit: z.string().regex(/^[A-Za-z0-9_]{2,21}$/, 'expected the name of a subreddit without "r/"'),
  username: z.string().regex(/^[\w-]{3,20}$/, 'expected the name of the account without "u/"'),
  clientId: secret,
  clientSecret: secret,
  /** Of a permanent authorisation with the scopes `identity submit edit read`. */
  refreshToken: secret,
  /** Some subreddits refuse posts without one. */
  flairId: z.string().optional(),
  api: httpAddress.default("https://oauth.reddit.com"),
  login: httpAddress.default("https://www.reddit.com"),
});

const mostTitle = 300;
const clockSkewMs = 60_000;

const submitted = z.object({
  json: z.object({
    errors: z.array(z.tuple([z.string(), z.string()]).rest(z.unknown())).default([]),
    ratelimit: z.number().optional(),
    data: z.object({ name: z.string().startsWith("t3_"), url: z.string().optional() }).optional(),
  }),
});
const listing = z.object({
  data: z.object({
    children: z.array(
      z.object({
        data: z.object({ name: z.string(), author: z.string(), permalink: z.string(), created_utc: z.number() }),
      }),
    ),
  }),
});
const me = z.object({ name: z.string() });
const anything = z.unknown();

const reddit: Adapter<"note", z.infer<typeof config>> = {
  name: "reddit",
  medium: "note",
  config,
  traits: { idempotent: false, maxLength: mostTitle, warnings: true },
  // The link is a field of its own.
  measure: (text) => titleOf(text).length,
  async open({ subreddit, flairId, ...login }, tools): Promise<Transport<"note">> {
    const call = openSession(login, tools);

    const submit = async (rendition: NoteRendition, again: boolean, signal: AbortSignal): Promise<Receipt> => {
      const form = {
        api_type: "json",
        kind: "link",
        sr: subreddit,
        title: titleOf(rendition.text) || rendition.title.slice(0, mostTitle),
        url: rendition.url,
        // Without it Reddit refuses a link that the subreddit has seen: the best proof against a second one.
        resubmit: String(again),
        sendreplies: "false",
        ...(flairId && { flair_id: flairId }),
        ...(rendition.contentWarning && { spoiler: "true" }),
      };
      const { value, pauseMs } = await call("POST", "/api/submit", submitted, form, signal);
      const { errors, data, ratelimit } = value.json;
      const [error] = errors;
      if (error) throw refusal(error[0], error[1], ratelimit);
      if (!data) throw unnamed();
      const pause = pauseMs !== null && { pauseMs };
      return { remoteId: data.name, ...(data.url && { url: data.url }), ...pause };
    };

    const retract = async ({ remoteId = "" }: Receipt, signal: AbortSignal): Promise<void> => {
      await call("POST", "/api/del", anything, { id: remoteId }, signal, true);
    };

    return {
      send: ({ rendition, again = false }, signal) => submit(rendition, again, signal),

      async find({ rendition, publishedAt }, signal) {
        const { value } = await call("GET", `/r/${subreddit}/api/info`, listing, { url: rendition.url }, signal);
        const since = (publishedAt.getTime() - clockSkewMs) / 1000;
        const ours = value.data.children
          .map(({ data }) => data)
          .find(
            ({ author, created_utc }) => author.toLowerCase() === login.username.toLowerCase() && created_utc >= since,
          );
        return ours ? { remoteId: ours.name, url: `https://www.reddit.com${ours.permalink}` } : null;
      },

      retract,

      async check(signal) {
        await call("GET", "/api/v1/me", me, {}, signal);
      },

      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
export default reddit;

/** The first paragraph, on one line, without the link. */
function titleOf(text: string): string {
  const [paragraph = ""] = text.trim().split(/\n{2,}/);
  return paragraph
    .replace(/https?:\/\/\S+/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Reddit says no with a 200 (https://github.com/reddit-archive/reddit/blob/master/r2/r2/lib/errors.py). */
function refusal(code: string, said: string, ratelimit: number | undefined): DeliveryError {
  const message = `Reddit refused the post: ${said} (${code})`.slice(0, 500);
  if (code === "RATELIMIT") {
    const retryAfter = Math.ceil((ratelimit ?? secondsIn(said)) * 1000);
    return new DeliveryError({ kind: "throttled", scope: "channel", code, message, retryAfter });
  }
  if (code === "ALREADY_SUB") {
    const hint = `${message}. Check there: the other post may be this one.`;
    return new DeliveryError({ kind: "permanent", scope: "recipient", code: "duplicate", message: hint });
  }
  const concernsAll = /^(SUBREDDIT_|USER_REQUIRED|NO_SELFS|NO_LINKS|SUBMIT_VALIDATION_FLAIR|BANNED|RESTRICTED)/.test(
    code,
  );
  return new DeliveryError({ kind: "permanent", scope: concernsAll ? "channel" : "recipient", code, message });
}

/** "Take a break for 9 minutes before trying again." */
function secondsIn(said: string): number {
  const [, number = "10", unit = "minute"] = /(\d+) (second|minute|hour)/.exec(said) ?? [];
  return Number(number) * ({ second: 1, minute: 60, hour: 3600 }[unit] ?? 60);
}

function unnamed(): DeliveryError {
  const message = "Reddit accepted the post but did not return its id. Check there.";
  return new DeliveryError({ kind: "uncertain", scope: "recipient", code: "strange-answer", message });
}
