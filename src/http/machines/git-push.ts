/** Reads and verifies push webhooks of Git hosts: signature and changed branches. */

import { createHmac } from "node:crypto";
import { z } from "zod";
import { isSameSecret } from "../same-secret.ts";

/**
 * Whether the sender knows the secret. Hosts sign the unchanged body:
 * - GitHub, Gitea, Forgejo: `X-Hub-Signature-256: sha256=…`
 *   (https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries)
 * - Gitea, Forgejo, Gogs: `X-Gitea-Signature`, `X-Forgejo-Signature`, `X-Gogs-Signature`, without a prefix
 *   (https://docs.gitea.com/usage/webhooks, https://forgejo.org/docs/latest/user/webhooks)
 * - Bitbucket: `X-Hub-Signature: sha256=…`; other hosts put a SHA-1 there, which is not accepted
 * - GitLab with a signing token: `webhook-signature`, by https://www.standardwebhooks.com
 * - GitLab with a secret token: `X-Gitlab-Token`, the secret itself
 * The time is not checked: if an old push is sent again, there is nothing new to pull.
 * @param header - returns a header by its name, empty if it is missing.
 */
export function isSigned(body: Buffer, header: (name: string) => string, secret: string): boolean {
  const mark = createHmac("sha256", secret).update(body).digest("hex");
  return [
    isSameSecret(header("x-hub-signature-256"), `sha256=${mark}`),
    isSameSecret(header("x-hub-signature"), `sha256=${mark}`),
    ...["gitea", "forgejo", "gogs"].map((host) => isSameSecret(header(`x-${host}-signature`), mark)),
    isStandardWebhook(body, header, secret),
    isSameSecret(header("x-gitlab-token"), secret),
  ].includes(true);
}

/** Several signatures, separated by spaces, while a token is being replaced. */
function isStandardWebhook(body: Buffer, header: (name: string) => string, secret: string): boolean {
  const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice("whsec_".length), "base64") : secret;
  const signed = `${header("webhook-id")}.${header("webhook-timestamp")}.`;
  const mark = createHmac("sha256", key).update(signed).update(body).digest("base64");
  return header("webhook-signature")
    .split(" ")
    .some((each) => isSameSecret(each, `v1,${mark}`));
}

const moved = z.object({ new: z.object({ type: z.string(), name: z.string() }).nullable() });
const push = z.union([
  z.object({ ref: z.string() }).transform(({ ref }) => [ref]),
  // Bitbucket: https://support.atlassian.com/bitbucket-cloud/docs/event-payloads
  z
    .object({ push: z.object({ changes: z.array(moved) }) })
    .transform(({ push: { changes } }) =>
      changes.flatMap(({ new: to }) => (to?.type === "branch" ? [`refs/heads/${to.name}`] : [])),
    ),
]);

/** The refs that were pushed; none if it is not a push. @param type - the content type: JSON, or a form with the JSON in `payload`. */
export function refsOf(body: Buffer, type: string): string[] {
  const text = body.toString("utf8");
  const isForm = type.startsWith("application/x-www-form-urlencoded");
  try {
    const parsed = push.safeParse(JSON.parse(isForm ? (new URLSearchParams(text).get("payload") ?? "") : text));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}
