/** A network as its own documents describe it: what it answers in ten situations, each with the page that says so. */

import { anEnvelope, failureOf, never, openChannel } from "#contract/samples.ts";
import { type Answer, type Asked, openScriptedServer } from "#contract/scripted-server.ts";
import type { Adapter, Envelope } from "#core/adapter.ts";
import type { Failure, Receipt } from "#core/sending/delivery.ts";
import { adapterNamed } from "../benches.ts";

/** What may happen to a post, whatever the network. */
export const situations = [
  "it is created",
  "it is refused as invalid",
  "its token has expired",
  "it comes too often",
  "the server is out of order",
  "the answer times out after the body went out",
  "it is a duplicate",
  "it is edited",
  "it is deleted",
  "its picture is too large",
] as const;
export type Situation = (typeof situations)[number];

/** `METHOD /path` without its query, or `METHOD *` for any -> the answer. */
export type Answers = Record<string, Answer | ((asked: Asked) => Answer)>;

export interface Scenario {
  /** Below the network's `docs`. */
  page: string;
  answers: Answers;
  /** Beside those of the network. */
  settings?: object;
  /** Part of it: a failure has a `kind`. */
  outcome: Partial<Failure> | Partial<Receipt>;
  /** All that was asked, in order, as the keys of `Answers`; a picture that is fetched is none of it. */
  asked?: readonly string[];
  /** Part of the body of the last request: of JSON, or of a form. */
  body?: object;
}

/** Adapters that speak HTTP. */
export interface Network {
  /** Of the adapter. */
  name: string;
  docs: string;
  settings(server: string): object;
  /** The request that publishes, as a key of `Answers`. */
  publishes: string;
  /** What it answers where a scenario says nothing. */
  usual: Answers;
  /** Of the post that is edited or deleted. */
  receipt: Receipt;
  /** Or why that can't happen there. */
  scenarios: Record<Situation, Scenario | string>;
}

/** What came of it. */
export interface Happened {
  outcome: Failure | Receipt;
  asked: string[];
  body: unknown;
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

const png = Buffer.from("\x89PNG\r\n\x1a\n....", "latin1");

export async function play(network: Network, situation: Situation, scenario: Scenario): Promise<Happened> {
  const timeout = new AbortController();
  const answers = { ...network.usual, ...scenario.answers };
  await using server = await openScriptedServer((asked) => {
    const path = asked.path.split("?")[0];
    if (path === "/cover.png") return { status: 200, body: png };
    const key = `${asked.method} ${path}`;
    // As the limit on time does, once the whole request has been read.
    if (situation.includes("times out") && key === network.publishes) {
      timeout.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
      return "hang";
    }
    const answer = answers[key] ?? answers[`${asked.method} *`] ?? json(404, { error: "not scripted" });
    return typeof answer === "function" ? answer(asked) : answer;
  });
  const settings = { ...network.settings(server.url), ...scenario.settings };
  const transport = await openChannel(adapterNamed(network.name) as Adapter<"note">, settings, {
    fetch: (url, init = {}) => fetch(url, { ...init, signal: AbortSignal.any([init.signal ?? never, timeout.signal]) }),
  });
  const envelope = situation.includes("picture") ? illustrated(`${server.url}/cover.png`) : anEnvelope("note");
  const replaced = async (): Promise<Receipt> => {
    await transport.retract?.(network.receipt, never);
    return transport.send({ ...envelope, again: true }, never);
  };
  const doing = {
    // Where there is no edit, the pipeline deletes and sends anew.
    "it is edited": () => transport.update?.(network.receipt, envelope, never) ?? replaced(),
    "it is deleted": () => transport.retract?.(network.receipt, never).then((): Receipt => ({})),
  }[situation as string];
  const done: Promise<Receipt> = (doing ? doing() : transport.send(envelope, never)) ?? Promise.resolve({});
  const outcome = "kind" in scenario.outcome ? await failureOf(done) : await done;
  const asked = server.asked.filter(({ path }) => path !== "/cover.png");
  return {
    outcome,
    asked: asked.map(({ method, path }) => `${method} ${path.split("?")[0]}`),
    body: bodyOf(asked.at(-1)),
  };
}

function illustrated(url: string): Envelope<"note"> {
  const { rendition, ...rest } = anEnvelope("note");
  const image = { url, alt: "A harbour at dusk" };
  return { ...rest, rendition: { ...rendition, image, card: { ...rendition.card, image } } };
}

function bodyOf(asked: Asked | undefined): unknown {
  if (!asked || asked.body === "") return {};
  return asked.headers["content-type"]?.includes("json")
    ? JSON.parse(asked.body)
    : Object.fromEntries(new URLSearchParams(asked.body));
}
