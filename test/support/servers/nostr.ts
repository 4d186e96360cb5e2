/** A relay that keeps what it takes and answers as told (NIP-01). */

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { isGenuine, type NostrEvent } from "#adapters/nostr/event.ts";

export interface ScriptedRelay extends AsyncDisposable {
  url: string;
  /** By id; a relay has each once. */
  events: Map<string, NostrEvent>;
  /** What was sent, as it came. */
  heard: unknown[][];
  /** Instead of taking an event: what it says of it, or what becomes of the connection. */
  onEvent: ((event: NostrEvent) => [ok: boolean, reason: string] | "drop" | "hang") | null;
  /** What a web browser is told (NIP-11). */
  information: object;
}

interface Filter {
  ids?: string[];
  authors?: string[];
  kinds?: number[];
  "#r"?: string[];
  since?: number;
  until?: number;
  limit?: number;
}

export async function openScriptedRelay(): Promise<ScriptedRelay> {
  const http = createServer((_request, response) => response.end(JSON.stringify(relay.information)));
  const sockets = new WebSocketServer({ server: http });
  const relay: ScriptedRelay = {
    url: "",
    events: new Map(),
    heard: [],
    onEvent: null,
    information: {},
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate();
      http.close();
      http.closeAllConnections();
      await once(http, "close");
    },
  };

  const take = (socket: WebSocket, event: NostrEvent): void => {
    const answer = relay.onEvent?.(event) ?? [true, ""];
    if (answer === "drop") socket.terminate();
    if (answer === "drop" || answer === "hang") return;
    const valid = isGenuine(event);
    if (answer[0] && valid) {
      relay.events.set(event.id, event);
      if (event.kind === 5) for (const [name, id] of event.tags) if (name === "e" && id) relay.events.delete(id);
    }
    const said = valid ? answer : [false, "invalid: bad signature"];
    socket.send(JSON.stringify(["NOTICE", "hello"]));
    socket.send(JSON.stringify(["OK", event.id, ...said]));
  };

  sockets.on("connection", (socket) => {
    socket.on("message", (data) => {
      const question = JSON.parse(String(data)) as unknown[];
      relay.heard.push(question);
      if (question[0] === "EVENT") take(socket, question[1] as NostrEvent);
      if (question[0] !== "REQ") return;
      const filter = question[2] as Filter;
      const found = [...relay.events.values()].filter((event) => matches(event, filter)).slice(0, filter.limit);
      for (const event of found) socket.send(JSON.stringify(["EVENT", question[1], event]));
      socket.send(JSON.stringify(["EOSE", question[1]]));
    });
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  relay.url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return relay;
}

function matches(event: NostrEvent, filter: Filter): boolean {
  const links = event.tags.filter(([name]) => name === "r").map(([, link = ""]) => link);
  return (
    (filter.ids?.includes(event.id) ?? true) &&
    (filter.authors?.includes(event.pubkey) ?? true) &&
    (filter.kinds?.includes(event.kind) ?? true) &&
    (filter["#r"]?.some((link) => links.includes(link)) ?? true) &&
    event.created_at >= (filter.since ?? 0) &&
    event.created_at <= (filter.until ?? Number.POSITIVE_INFINITY)
  );
}
