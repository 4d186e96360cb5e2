/** One of the senders that `bench/send.ts` compares, in a process of its own. Prints seconds and peak memory. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import nodemailer from "nodemailer";
import { openApp, openSite } from "#app.ts";
import { publish } from "#pipeline/publishing/publish.ts";
import { waitUntilSettled } from "#pipeline/sending/wait.ts";

const [step = "", port = "", count = "", connections = "", folder = "", database = "", keyFile = "-"] =
  process.argv.slice(2);
const recipients = Number(count);

const words =
  "The road to the next town was longer than the map had promised, and the horse knew it before the rider did. ";
const paragraphs = Array.from({ length: 32 }, (_, index) => `${index + 1}. ${words.repeat(2)}`);

if (step === "pool") await pool();
else if (step === "prepare") await prepare();
else await campaign();
process.exit();

function tell(since: number): void {
  const peakMb = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ seconds: (performance.now() - since) / 1000, peakMb })}\n`);
}

/** What a careful newcomer to nodemailer would write: a pool, a mail for each reader, no more under way than connections. */
async function pool(): Promise<void> {
  const since = performance.now();
  const transport = nodemailer.createTransport({
    ...{ host: "127.0.0.1", port: Number(port), secure: false, ignoreTLS: true, pool: true },
    ...{ maxConnections: Number(connections), maxMessages: Infinity },
    ...(keyFile !== "-" && {
      dkim: { domainName: "example.org", keySelector: "bench", privateKey: readFileSync(keyFile, "utf8") },
    }),
  });
  const { html, text } = JSON.parse(readFileSync(join(folder, "mail.json"), "utf8")) as { html: string; text: string };
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < recipients) {
      const to = `reader${next++}@example.com`;
      const leave = `https://news.example.org/unsubscribe/${to}`;
      await transport.sendMail({
        from: "News <news@example.org>",
        ...{
          to,
          subject: "The long road",
          text: `${text}\n${leave}`,
          html: html.replace("</body>", `<a href="${leave}">Leave</a></body>`),
        },
        headers: { "List-Unsubscribe": `<${leave}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
      });
    }
  };
  await Promise.all(Array.from({ length: Number(connections) * 2 }, lane));
  transport.close();
  tell(since);
}

async function site() {
  return openSite({
    config: join(folder, "postrider.yaml"),
    data: join(folder, "data"),
    log: { debug() {}, info() {}, warn: console.error, error: console.error },
  });
}

/** Database, post and readers: what a real sender has before it begins. */
async function prepare(): Promise<void> {
  mkdirSync(join(folder, "content/posts"), { recursive: true });
  writeFileSync(
    join(folder, "postrider.yaml"),
    `site: { title: A Blog, url: "https://example.org", postalAddress: "7 Quiet Lane, Example" }
server: { url: "https://news.example.org" }
channels:
  newsletter: { adapter: smtp, url: "smtp://127.0.0.1:${port}", from: "A Blog <news@example.org>", list: everyone, connections: ${connections}${keyFile === "-" ? "" : `, dkim: { selector: bench, keyFile: "${keyFile}" }`} }
`,
  );
  const head = '---\ntitle: The long road\ndate: 2026-01-05\nsummary: "A road, a horse and a rider."\n---\n\n';
  writeFileSync(join(folder, "content/posts/road.md"), `${head}${paragraphs.join("\n\n")}\n`);
  await using opened = await open();
  const { app, context } = opened;
  const { post } = await context.content.read(join(folder, "content/posts/road.md"));
  if (!post) throw new Error("no post");
  const mail = await context.renderer.email(post, { name: "everyone", title: "everyone" });
  writeFileSync(join(folder, "mail.json"), JSON.stringify(mail));
  for (let from = 0; from < recipients; from += 10_000) {
    const people = Array.from({ length: Math.min(10_000, recipients - from) }, (_, index) => ({
      address: `reader${from + index}@example.com`,
      name: `Reader ${from + index}`,
    }));
    await app.subscribers.add(people, { list: "everyone", source: "bench" });
  }
  process.stdout.write(`${JSON.stringify({ seconds: 0, peakMb: 0, bytes: await sizeOf(mail) })}\n`);
}

/** Of a whole mail as it goes over the wire. */
async function sizeOf({ html, text }: { html: string; text: string }): Promise<number> {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  const { message } = await transport.sendMail({ from: "news@example.org", to: "reader@example.com", html, text });
  return (message as Buffer).length;
}

async function open() {
  process.env["LOG_LEVEL"] = "error";
  if (database !== "-") process.env["DATABASE_URL"] = database;
  const context = await site();
  const channels = context.config.channels(context.adapters);
  const app = await openApp(context, channels);
  return { context, channels, app, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

async function campaign(): Promise<void> {
  const since = performance.now();
  await using opened = await open();
  const { app, channels, context } = opened;
  const { post } = await context.content.read(join(folder, "content/posts/road.md"));
  if (!post) throw new Error("no post");
  await using _workers = await app.startWorkers(channels, new AbortController().signal);
  const began = performance.now();
  const { postId } = await publish({ post, channels, actor: "bench", now: new Date() }, app);
  const names = channels.map(({ name }) => name);
  const [report] = await waitUntilSettled(
    [postId],
    names,
    { ledger: app.ledger, clock: context.clock },
    () => {},
    AbortSignal.timeout(600_000),
  );
  const counts = report?.channels["newsletter"]?.counts;
  if (counts?.accepted !== recipients)
    throw new Error(`not all were accepted: ${JSON.stringify(counts)} ${JSON.stringify(report)}`);
  void since;
  tell(began);
}
