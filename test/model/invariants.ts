/** The four promises, held against what the relay accepted and what the ledger says of everybody. */

import type { DeliveryState } from "#core/sending/delivery.ts";
import { had, type Mailing, type Model, type Reader } from "./model.ts";

/** One answer of the relay. */
export interface Answer {
  reader: Reader;
  mailing: Mailing;
  /** Names of the posts that stand in the mail. */
  posts: string[];
  said: "accepted" | "refused";
}

export class Broken extends Error {}

/** Promises 1 to 3, at the moment at which the relay got a mail. */
export function hear({ reader, mailing, posts, said }: Answer): void {
  const told = `${mailing.name} went to ${reader.name}`;
  const withdrawn = mailing.posts.find((post) => post.withdrawn);
  // A correction tells those who have it what was wrong.
  if (withdrawn && mailing.kind !== "correction") throw new Broken(`1: ${told} after ${withdrawn.name} was withdrawn`);
  if (reader.state !== "on the list") throw new Broken(`2: ${told}, who is ${reader.state}`);
  if (mailing.got.has(reader)) throw new Broken(`3: ${told} twice`);
  if (mailing.cancelled) throw new Broken(`1: ${told} after it was cancelled`);
  if (mailing.paused) throw new Broken(`1: ${told} while it was paused`);
  if (!mailing.audience?.includes(reader)) throw new Broken(`3: ${told}, who was not to get it`);
  const wanted = mailing.posts.map(({ name }) => name).sort();
  if (String(posts.toSorted()) !== String(wanted)) throw new Broken(`${told} with ${posts} in place of ${wanted}`);
  (said === "accepted" ? mailing.got : mailing.refused).add(reader);
}

/** Promise 4, once everything has settled: the ledger's word about everybody is one that the model agrees with. */
export function judge(
  { readers }: Model,
  mailing: Mailing,
  stateOf: (reader: Reader) => DeliveryState | undefined,
): void {
  for (const reader of readers) {
    const state = stateOf(reader);
    const agreed = agreedStates(mailing, reader);
    if (agreed.includes(state)) continue;
    const words = agreed.map((each) => each ?? "nothing").join(" or ");
    throw new Broken(`4: of ${mailing.name} to ${reader.name} the ledger says ${state ?? "nothing"}, and not ${words}`);
  }
}

function agreedStates(mailing: Mailing, reader: Reader): (DeliveryState | undefined)[] {
  const { audience, got, refused, paused, cancelled } = mailing;
  if (got.has(reader)) return ["accepted"];
  if (!audience?.includes(reader)) return [undefined];
  const gone = reader.state !== "on the list" || had(reader, mailing);
  const states: (DeliveryState | false)[] = [
    refused.has(reader) && "refused",
    gone && "suppressed",
    cancelled && "cancelled",
    paused && !cancelled && "pending",
    paused && !cancelled && "retrying",
  ];
  const agreed = states.filter((state) => state !== false);
  return agreed.length > 0 ? agreed : ["accepted"];
}
