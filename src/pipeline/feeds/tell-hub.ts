/** Notifies a WebSub hub of a changed feed document, once per change. */

import { PostriderError } from "#core/errors.ts";

export interface DocumentName {
  channel: string;
  path: string;
}

/** A document whose hub has not heard of its last change. */
export interface Announcement extends DocumentName {
  hub: string;
  /** The document's address. */
  topic: string;
}

export interface HubPorts {
  /** All documents whose hub must still be notified. */
  untold(): Promise<Announcement[]>;
  /** Runs the work if the hub must still be notified and no other process is doing it. Then the document counts as announced, unless the work throws. */
  tellOnce(document: DocumentName, work: (announcement: Announcement) => Promise<void>): Promise<void>;
  send: typeof fetch;
}

const timeoutMs = 15_000;

/** Notifying a hub twice is harmless, so this is tried until it succeeds. @throws PostriderError `unavailable` */
export function tellHub(document: DocumentName, { tellOnce, send }: HubPorts, signal: AbortSignal): Promise<void> {
  return tellOnce(document, async ({ hub, topic }) => {
    // The Recommendation does not define how to notify a hub: some hubs read `hub.url`, some `hub.topic`.
    const body = new URLSearchParams({ "hub.mode": "publish", "hub.url": topic, "hub.topic": topic });
    const patience = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    // A hub that points elsewhere is not the one that the operator chose.
    const response = await send(hub, { method: "POST", body, redirect: "manual", signal: patience }).catch(
      (cause: unknown) => {
        throw new PostriderError("unavailable", `The hub ${hub} does not answer`, { cause });
      },
    );
    await response.body?.cancel();
    if (!response.ok) throw new PostriderError("unavailable", `The hub ${hub} answered ${response.status}`);
  });
}

/** Notifies hubs of all documents that still need it. After a failure, a hub gets no more requests. Returns one sentence for each failure. */
export async function tellHubs(ports: HubPorts, signal: AbortSignal): Promise<string[]> {
  const problems = new Map<string, string>();
  for (const announcement of await ports.untold()) {
    if (problems.has(announcement.hub)) continue;
    await tellHub(announcement, ports, signal).catch((error: Error) => problems.set(announcement.hub, error.message));
  }
  return [...problems.values()];
}
