/**
 * One session for many emails with as few round trips as the server allows: commands go out in groups (RFC 2920), the
 * next email's commands follow the current body, and with chunking (RFC 3030) several emails are in flight.
 */

import { hostname } from "node:os";
import type { DeliveryError, Receipt } from "#core/sending/delivery.ts";
import { type Part, sizeOf, writeParts } from "#smtp/message/mail.ts";
import { connect } from "./connection.ts";
import { type SmtpError, smtpFailure } from "./failures.ts";
import { prefetch } from "./prefetch.ts";
import type { Relay } from "./relay.ts";
import { type Reply, readReplies } from "./replies.ts";
import { beyondAscii, contradiction, gone, isTaken, needsUtf8, outOfStep, receiptOf, tooLarge } from "./verdicts.ts";

/** A mail for one recipient, on its way. */
export interface Job {
  from: string;
  to: string;
  parts: readonly Part[];
  /** Told before the first byte of the body goes out. */
  begin(): void;
  /** Told once. */
  settle(outcome: Receipt | DeliveryError): void;
}

export interface Session {
  readonly open: boolean;
  /** Mails that it has settled. */
  readonly settled: number;
  /**
   * Sends the first and whatever `take` gives, until it gives `null` or the conversation ends. What was not begun then is
   * handed to `giveBack`, with the reason.
   */
  run(first: Job, take: () => Promise<Job | null>, giveBack: (job: Job, reason: DeliveryError) => void): Promise<void>;
  close(): Promise<void>;
}

type Answer = readonly [command: string, reply: Reply];
type Greeting = [mail: Reply, recipient: Reply, data: Reply];

/** Whole mails under way in one conversation, where the server takes chunks. */
const window = 8;
const goodbyeMs = 2_000;

/** Connects, logs in and asks what the server can do. @throws DeliveryError */
export async function openSession(relay: Relay, timeoutMs: number, signal: AbortSignal): Promise<Session> {
  const connection = await connect(relay, timeoutMs, signal);
  const socket = connection.handOver();
  const name = `${relay.host}:${relay.port}`;
  const replies = readReplies(socket);
  const onAbort = (): void => replies.fail(Object.assign(new Error("aborted"), { code: "ABORTED" }));
  signal.addEventListener("abort", onAbort, { once: true });
  socket.once("close", () => signal.removeEventListener("abort", onAbort));
  socket.setTimeout(timeoutMs);
  socket.setNoDelay(true);
  let settled = 0;

  // One call to the system for each mail, and one piece of memory for all of them.
  let scratch = Buffer.alloc(0);
  const write = (parts: readonly Part[]): void => {
    const size = sizeOf(parts);
    // What is still on its way out must not be written over.
    if (size > scratch.length || socket.writableLength > 0) scratch = Buffer.allocUnsafeSlow(size + 1_024);
    writeParts(parts, scratch, 0);
    socket.write(scratch.subarray(0, size));
  };
  const extensions = await askExtensions();
  const inChunks = extensions.has("CHUNKING") && extensions.has("PIPELINING");

  /** RFC 1870: the size lets the server refuse before it has read everything. Its characters are the bytes (latin1). */
  const envelope = ({ from, to, parts }: Job): string => {
    const size = extensions.has("SIZE") ? ` SIZE=${sizeOf(parts)}` : "";
    const command = `RCPT TO:<${to}>\r\n`;
    if (!needsUtf8(from, to)) return `MAIL FROM:<${from}>${size}\r\n${command}`;
    // The recipient's address stands in a header as it is; everything else is seven bits (RFC 6531 §3.6, RFC 6152).
    const eightBits = extensions.has("8BITMIME") ? " BODY=8BITMIME" : "";
    return Buffer.from(`MAIL FROM:<${from}>${size}${eightBits} SMTPUTF8\r\n${command}`).toString("latin1");
  };
  const refusal = (job: Job, command: string, { code, text }: Reply): DeliveryError => {
    const error: SmtpError = Object.assign(new Error(text), { command, response: text, responseCode: code });
    return smtpFailure(error, { begun: true, address: job.to }, name);
  };
  const settle = (job: Job, outcome: Receipt | DeliveryError): void => {
    settled++;
    job.settle(outcome);
  };
  /** What the answers to the envelope and the body mean. */
  const conclude = (job: Job, answers: readonly Answer[]): void => {
    const bad = answers.find(([, { code }]) => code >= 400);
    const [command, last] = answers.at(-1) ?? [];
    if (bad && last && command === "DATA" && isTaken(last)) settle(job, contradiction(bad[1], last, name));
    else if (bad) settle(job, refusal(job, ...bad));
    else if (last) settle(job, receiptOf(last, job.to));
  };

  /** The answers to the envelope and to `DATA`; without pipelining each is asked for when the one before was good. */
  const greet = async (job: Job): Promise<Greeting> => {
    if (extensions.has("PIPELINING")) {
      write([`${envelope(job)}DATA\r\n`]);
      return (await replies.expect(3)) as Greeting;
    }
    const answers: Reply[] = [];
    for (const command of [...envelope(job).trimEnd().split("\r\n"), "DATA"]) {
      if (answers.some(({ code }) => code >= 400)) answers.push({ code: 503, text: "503 not asked" });
      else {
        socket.write(`${command}\r\n`, "latin1");
        answers.push(...(await replies.expect(1)));
      }
    }
    return answers as Greeting;
  };

  /** A body was asked for though nobody is to get it: an empty one, which it refuses (RFC 2920 §3.1). */
  const withoutBody = async (job: Job, answers: readonly Answer[]): Promise<void> => {
    socket.write(".\r\nRSET\r\n");
    const [empty] = await replies.expect(2).catch((error: unknown) => {
      conclude(job, answers);
      throw error;
    });
    conclude(job, empty && isTaken(empty) ? [...answers, ["DATA", empty]] : answers);
  };

  /** One mail after the other; the envelope of the next goes out with the body of this one. */
  const runInTurn: Session["run"] = async (first, take, giveBack) => {
    let open: Job | null = first;
    let follows: Job | null = null;
    let begun = false;
    let greeted = greet(first);
    let upcoming = prefetch(take);
    try {
      while (open) {
        const job = open;
        const [mail, recipient, data] = await greeted;
        if (data.code === 354 && mail.code < 400 && recipient.code < 400) {
          job.begin();
          begun = true;
          follows = extensions.has("PIPELINING") ? upcoming.ready() : null;
          write([...job.parts, follows ? `.\r\n${envelope(follows)}DATA\r\n` : ".\r\n"]);
          const answered = replies.expect(1);
          if (follows) {
            greeted = replies.expect(3) as Promise<Greeting>;
            greeted.catch(noop);
            // Ready by the time that the answers come.
            upcoming = prefetch(take);
          }
          const [body] = (await answered) as [Reply];
          begun = false;
          open = null;
          conclude(job, [["DATA", body]]);
          if (body.code === 421) throw gone(body);
        } else {
          const answers = [
            ["MAIL FROM", mail],
            ["RCPT TO", recipient],
            ["DATA", data],
          ] as const;
          const farewell = answers.find(([, { code }]) => code === 421)?.[1];
          if (farewell) throw gone(farewell);
          open = null;
          if (data.code === 354) await withoutBody(job, answers.slice(0, 2));
          else {
            conclude(job, answers);
            socket.write("RSET\r\n");
            await replies.expect(1);
          }
        }
        open = follows;
        follows = null;
        if (open) continue;
        open = await upcoming.job;
        if (!open) return;
        upcoming = prefetch(take);
        greeted = greet(open);
      }
    } catch (error) {
      replies.fail(error as SmtpError);
      const reason = ({ to }: Job, wasBegun: boolean): DeliveryError =>
        smtpFailure(error as SmtpError, { begun: wasBegun, address: to }, name);
      if (open && begun) settle(open, reason(open, true));
      else if (open) giveBack(open, reason(open, false));
      for (const job of [follows, await upcoming.job]) if (job) giveBack(job, reason(job, false));
    }
  };

  /** Several mails under way, each of them whole. */
  const runInChunks: Session["run"] = async (first, take, giveBack) => {
    const underWay = new Set<Promise<void>>();
    let job: Job | null = first;
    while (job && replies.open) {
      const current: Job = job;
      try {
        current.begin();
      } catch (error) {
        giveBack(current, smtpFailure(error as SmtpError, { begun: false }, name));
        break;
      }
      // A refused mail leaves the server in a state that RFC 3030 §2 calls indeterminate, so the transaction starts again.
      write([`RSET\r\n${envelope(current)}BDAT ${sizeOf(current.parts)} LAST\r\n`, ...current.parts]);
      const sent = replies
        .expect(4)
        .then(([reset, mail, recipient, body]) => {
          // Nothing can refuse it: this is the answer to something else, and so is every other.
          if (reset && reset.code !== 250 && reset.code !== 421) throw outOfStep(reset);
          conclude(current, [
            ["MAIL FROM", mail as Reply],
            ["RCPT TO", recipient as Reply],
            ["DATA", body as Reply],
          ]);
        })
        .catch((error: SmtpError) => {
          replies.fail(error);
          settle(current, smtpFailure(error, { begun: true, address: current.to }, name));
        })
        .finally(() => underWay.delete(sent));
      underWay.add(sent);
      if (underWay.size >= window) await Promise.race(underWay);
      job = replies.open ? await take() : null;
      if (job && !replies.open) {
        giveBack(job, smtpFailure(new Error("the connection was closed"), { begun: false }, name));
        job = null;
      }
    }
    await Promise.all(underWay);
  };

  /** Why this server would never take it; `null` when it may. */
  const unfit = (job: Job): DeliveryError | null => {
    const largest = Number(extensions.get("SIZE") ?? 0);
    if (largest > 0 && sizeOf(job.parts) > largest)
      return tooLarge(`The email has ${sizeOf(job.parts)} bytes. The limit of ${name} is ${largest}`);
    return needsUtf8(job.from, job.to) && !extensions.has("SMTPUTF8") ? beyondAscii(name) : null;
  };
  /** Of what is taken, that which the server can take; the rest is settled. */
  const run: Session["run"] = async (first, take, giveBack) => {
    const takeFitting = async (): Promise<Job | null> => {
      for (;;) {
        const job = await take();
        const problem = job && unfit(job);
        if (!job || !problem) return job;
        settle(job, problem);
      }
    };
    const problem = unfit(first);
    if (problem) settle(first, problem);
    const begin = problem ? await takeFitting() : first;
    if (begin) await (inChunks ? runInChunks : runInTurn)(begin, takeFitting, giveBack);
  };

  async function askExtensions(): Promise<Map<string, string>> {
    try {
      socket.write(`EHLO ${ownName()}\r\n`);
      const [reply] = (await replies.expect(1)) as [Reply];
      if (reply.code !== 250)
        throw Object.assign(new Error(reply.text), { response: reply.text, responseCode: reply.code });
      return new Map(
        reply.text.split("\n").map((line) => {
          const [keyword = "", ...values] = line.slice(4).split(" ");
          return [keyword.toUpperCase(), values.join(" ")];
        }),
      );
    } catch (error) {
      throw smtpFailure(error as SmtpError, { begun: false }, name);
    }
  }

  return {
    get open() {
      return replies.open;
    },
    get settled() {
      return settled;
    },
    run,
    async close() {
      if (!replies.open) return;
      socket.setTimeout(goodbyeMs);
      socket.write("QUIT\r\n");
      await replies.expect(1).catch(noop);
      socket.destroy();
    },
  };
}

/** What we call ourselves: a name with a dot, else the address literal that RFC 5321 §4.1.4 asks for. */
function ownName(): string {
  const name = hostname();
  return /^[\w-]+(\.[\w-]+)+$/.test(name) ? name : "[127.0.0.1]";
}

function noop(): void {}
