/** `/webhooks/:provider`: bounces and complaints that mail providers report. */

import { Hono } from "hono";
import { PostriderError } from "#core/errors.ts";
import type { BounceReport } from "#core/readers/bounce.ts";
import { boundedBody } from "../body.ts";
import { mailgun } from "./mailgun.ts";
import { postmark } from "./postmark.ts";
import type { Provider } from "./provider.ts";
import { sendgrid } from "./sendgrid.ts";
import { ses } from "./ses.ts";

export interface WebhookSettings {
  ses?: { topicArn: string } | undefined;
  mailgun?: { signingKey: string } | undefined;
  postmark?: { user: string; password: string } | undefined;
  sendgrid?: { publicKey: string } | undefined;
}

export interface WebhookPorts {
  settings: WebhookSettings;
  fetch: typeof fetch;
  /** Milliseconds since 1970. */
  now(): number;
  record(report: BounceReport, event: string): Promise<unknown>;
}

const mostBytes = 2 * 1024 * 1024;

/** A provider that isn't configured gets 404. If an event can't be read or recorded now, the answer is 503 or 500, so that the provider sends it again. */
export function webhookRoutes({ settings, fetch, now, record }: WebhookPorts): Hono {
  const providers: Record<string, Provider | undefined> = {
    ses: settings.ses && ses(settings.ses, fetch),
    mailgun: settings.mailgun && mailgun(settings.mailgun, now),
    postmark: settings.postmark && postmark(settings.postmark),
    sendgrid: settings.sendgrid && sendgrid(settings.sendgrid, now),
  };
  const app = new Hono();
  app.post("/webhooks/:provider", boundedBody(mostBytes), async (context) => {
    const name = context.req.param("provider");
    const provider = Object.hasOwn(providers, name) ? providers[name] : undefined;
    if (!provider) return context.notFound();
    try {
      const events = await provider({ headers: context.req.raw.headers, body: await context.req.text() });
      for (const { id, report } of events) await record(report, `${name}:${id}`);
      return context.body(null, 204);
    } catch (error) {
      if (!(error instanceof PostriderError)) throw error;
      if (error.code === "unauthorized") return context.text("The signature or the password is wrong.\n", 401);
      if (error.code === "invalid") return context.text("The request body is not in this provider's format.\n", 400);
      if (error.code === "unavailable") return context.text("The event can't be read now. Send it again later.\n", 503);
      throw error;
    }
  });
  return app;
}
