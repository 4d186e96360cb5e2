/** Alerts the operator: a campaign that stopped or did not reach everybody must not look like a success. */

import type { Alert, AlertBook } from "#core/sending/alert.ts";

export interface TellPorts {
  alerts: AlertBook;
  /** The webhook for alerts; `null`: alerts are off. */
  url: string | null;
  site: string;
  send: typeof fetch;
}

const patienceMs = 10_000;
/** Discord's limit for a text. */
const mostSigns = 2_000;

export async function tellAlerts({ alerts, url, site, send }: TellPorts): Promise<void> {
  await alerts.hand(async (all) => {
    const told = all.map((alert) => ({ ...alert, sentence: sentenceOf(alert) })).filter(({ sentence }) => sentence);
    if (!url || told.length === 0) return;
    const text = [`${site}:`, ...told.map(({ sentence }) => sentence)].join("\n");
    const answer = await send(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      // Slack and Mattermost read `text`, Discord reads `content`, programs read the rest.
      body: JSON.stringify({ text, content: text.slice(0, mostSigns), alerts: told }),
      redirect: "error",
      signal: AbortSignal.timeout(patienceMs),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the webhook answered ${answer.status}`);
  });
}

/** Empty if there is no problem. */
function sentenceOf(alert: Alert): string {
  if (alert.kind === "hook") return hookSentence(alert);
  const on = `“${alert.title}” on ${alert.channel}`;
  if (alert.kind === "stalled") return `${on} has stopped: ${alert.message}`;
  if (alert.kind === "paused") return `${on} was paused: ${alert.reason}`;
  if (alert.kind === "alarm")
    return `${on}: an internal check failed (${alert.what}). \`postrider audit ${alert.publicationId}\` shows details.`;
  const { counts, prepared, before } = alert;
  const missed = (["refused", "uncertain"] as const).flatMap((state) =>
    counts[state] ? [`${counts[state]} ${state}`] : [],
  );
  const few = before !== null && prepared < before / 2;
  return [
    missed.length > 0 && `${on} was sent: ${counts.accepted ?? 0} accepted, ${missed.join(", ")}.`,
    few && `${on} had only ${prepared} recipients. The previous email had ${before}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

function hookSentence({ url, event, isGone, error }: Extract<Alert, { kind: "hook" }>): string {
  if (isGone) return `The webhook ${url} answered that it is gone, and was switched off.`;
  return `The webhook ${url} did not take a message about ${event}: ${error}. \`postrider webhooks list\` shows details.`;
}
