/** What reads something that others wrote, apart from posts: each is given broken inputs, and may refuse them only in its own words. */

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { jobMistakes } from "#config/jobs/jobs.ts";
import { readConfiguration } from "#config/site/site.ts";
import { assertPermalinkPattern, permalinkFrom } from "#content/address/permalinks.ts";
import { momentIn } from "#content/fields/dates.ts";
import { readFileName } from "#content/fields/file-name.ts";
import { loadPreset } from "#content/generators/presets.ts";
import { PostriderError } from "#core/errors.ts";
import { parseSegment } from "#core/readers/segment.ts";
import { verifyToken } from "#core/readers/token.ts";
import { readLiterals } from "#formats/js-literals.ts";
import { parseToml, TomlError } from "#formats/toml.ts";
import { parseYaml, YamlError } from "#formats/yaml.ts";
import { encoded } from "#http/encoded.ts";
import { gitHookRoutes } from "#http/machines/git-hook.ts";
import { webhookRoutes } from "#http/webhooks/routes.ts";
import { csvRecords } from "#import/csv-records.ts";
import { detectSource } from "#import/source.ts";
import { noteTemplates } from "#render/note/template.ts";
import { threadOf } from "#render/note/thread.ts";
import { readBounce } from "#smtp/bounces/read-bounce.ts";
import { readReplies } from "#smtp/session/replies.ts";
import { checkedWords } from "#writer/check-words.ts";
import { samples } from "../smtp/bounces/samples.ts";
import type { Reader } from "./reader.ts";
import { backups } from "./readers/backups.ts";
import { webhooks } from "./readers/webhooks.ts";

const dir = mkdtempSync(join(tmpdir(), "postrider-fuzz-readers-"));
mkdirSync(join(dir, "jobs"));
const shipped = (path: string): string => readFileSync(path, "utf8");
const words = (text: string): string[] => text.split(" ");

const hooks = webhookRoutes({
  settings: {
    mailgun: { signingKey: "key" },
    postmark: { user: "a", password: "b" },
    ses: { topicArn: "arn:aws:sns:eu-west-1:1:bounces" },
  },
  fetch: async () => new Response("this is no certificate"),
  now: () => 0,
  record: async () => undefined,
});
const git = gitHookRoutes({ secret: "a secret of the fuzzer", branch: "main", pull() {} });

async function answered(app: typeof hooks, path: string, body: Buffer, headers: Record<string, string>): Promise<void> {
  const { status } = await app.request(path, { method: "POST", body: new Uint8Array(body), headers });
  if (status >= 500) throw new Error(`${path} answers ${status}`);
}

export const readers: Readonly<Record<string, Reader>> = {
  bounces: {
    seeds: samples()
      .filter((_, index) => index % 7 === 0)
      .map(({ message }) => message),
    markers: words(
      '\r\n \r\n\r\n --=_part_0 Content-Type: multipart/report; boundary= message/delivery-status 5.1.1 550 =?utf-8?q? ?= <a@b.c> Final-Recipient: rfc822; ( ) " ;',
    ),
    read: (input) => readBounce(input),
  },
  "SMTP answers": {
    seeds: ["250-relay\r\n250-PIPELINING\r\n250 SIZE 100\r\n354 go\r\n250 2.0.0 Ok: queued as 4TESTID\r\n421 bye\r\n"],
    markers: words("250 250- 250\u0020 \r\n \r \n 5 2.0.0 - 999999 \u0000"),
    read(input) {
      const socket = new PassThrough() as unknown as Socket;
      const replies = readReplies(socket);
      replies.expect(3).catch(() => undefined);
      for (let at = 0; at < input.length; at += 1_000) socket.emit("data", input.subarray(at, at + 1_000));
      replies.fail(new Error("over"));
    },
  },
  segments: {
    seeds: ['city = "Bern" and (tags has "press" or joined within 30 days)', "not opened exists and language != 'de'"],
    markers: words("and or not ( ) = != <= >= \" ' \\ has within exists 30 days tag city é"),
    read: (input) => parseSegment(input.toString()),
  },
  CSV: {
    seeds: ['email,name\nada@example.org,"Ada, ""the"" first"\n', "email;tags\r\nbo@example.org;a|b\r\n"],
    markers: words(', ; | \t " "" \n \r\n \r \u0000 é \ufeff a@b.c'),
    async read(input) {
      const file = join(dir, "people.csv");
      writeFileSync(file, input);
      const { separator } = await detectSource(file, {});
      async function* bytes(): AsyncGenerator<Buffer, void> {
        yield input;
      }
      for await (const records of csvRecords(bytes(), separator, file)) for (const _ of records);
    },
  },
  "job files": {
    seeds: ["housekeeping", "mend-a-post", "new-posts", "weekly-digest"].map((name) => shipped(`jobs/${name}.yaml`)),
    markers: words(
      "kind: schedule: every day at 03:30 - [ ] { } : & * ! | > ' \" # \n \n\u0020\u0020 0 -1 1e9 friday when: cron: *",
    ),
    async read(input) {
      writeFileSync(join(dir, "jobs/job.yaml"), input);
      await jobMistakes(dir);
    },
  },
  configuration: {
    seeds: [shipped("postrider.yaml")],
    markers: words(
      "$\u007bSMTP_URL} $\u007b } : - [ ] { } & * ! | > ' \" # \n \n\u0020\u0020 channels: adapter: https:// :file",
    ),
    async read(input) {
      const file = join(dir, "postrider.yaml");
      writeFileSync(file, input);
      await readConfiguration(file, {});
    },
  },
  formats: {
    seeds: [
      "a: &a [1, {b: c}]\nd: *a\n",
      '[a.b]\nc = "d"\ne = [1, 2]\n',
      "export default { a: [1, 'b'], ...c, d: `e` }",
    ],
    markers: words("& * [ ] { } : , = ' \" ` \n # // /* */ ... => ( ) | > ! 1e999 __proto__ export default"),
    read(input) {
      const text = input.toString();
      const kept = (work: () => unknown): void => {
        try {
          work();
        } catch (error) {
          if (!(error instanceof YamlError || error instanceof TomlError)) throw error;
        }
      };
      kept(() => parseYaml(text));
      kept(() => parseToml(text));
      readLiterals(text);
    },
  },
  permalinks: {
    seeds: ["/blog/:year/:month/:slug/", "/:categories/:title.html"],
    markers: words(":file :slug :year :title :sections[1:] : / _ [ ] ? # \\ .. // https:// é %2f"),
    async read(input) {
      const preset = await presetOf();
      const pattern = input.toString();
      assertPermalinkPattern(pattern, preset);
      const name = readFileName("2026-05-04-a-post.md");
      const moment = momentIn(new Date("2026-05-04T09:00:00Z"), "UTC");
      const parts = { preset, moment, name, title: "A Post", lang: "en", categories: ["a", "b"], data: { key: "é" } };
      permalinkFrom(pattern, parts, "https://example.org");
    },
  },
  notes: {
    seeds: ["{{title}}\n\n{{summary}}\n\n{{url}}\n", "{{#if author}}{{author}}: {{/if}}{{title}} {{url}}"],
    markers: words("{{ }} {{{ }}} {{#if {{#each {{/if}} {{else}} title url \n é"),
    read(input) {
      const text = input.toString();
      threadOf(text.split("\n\n"), "https://example.org/a/", (part) => part.length <= 300);
      checkedWords(text, "https://example.org/a/", text);
      noteTemplates(new Map([["default", { text, file: "note/default.txt" }]]));
    },
  },
  "HTTP bodies": {
    seeds: [
      '{"signature":{"timestamp":"0","token":"0123456789","signature":"x"},"event-data":{"event":"failed","recipient":"a@b.c"}}',
      '{"RecordType":"Bounce","ID":1,"Type":"HardBounce","Email":"a@b.c"}',
      '{"Type":"Notification","MessageId":"m","TopicArn":"arn:aws:sns:eu-west-1:1:bounces","Message":"{}","Timestamp":"","SignatureVersion":"2","Signature":"","SigningCertURL":"https://sns.eu-west-1.amazonaws.com/x.pem"}',
    ],
    markers: words('{ } [ ] " : , null 1e999 \\u0000 __proto__ constructor é \ud800'),
    async read(input) {
      const authorization = `Basic ${Buffer.from("a:b").toString("base64")}`;
      for (const provider of ["mailgun", "postmark", "ses"])
        await answered(hooks, `/webhooks/${provider}`, input, { authorization });
      await answered(git, "/webhooks/git", input, { "content-type": "application/json", "x-hub-signature": "sha256=" });
    },
  },
  backups,
  ...webhooks,
  "links and headers": {
    seeds: ["WyJhIiwiYiJd.zzzz.AAAAAAAAAAAAAAAAAAAAAA", 'W/"abc", "def-gzip"', "gzip;q=0.5, br;q=1, *;q=0"],
    markers: words('. - _ , ; q= " W/" * gzip br identity = 1 0.0.0'),
    read(input) {
      const text = input.toString();
      verifyToken("secret", "unsubscribe", text);
      const made = encoded("body", new Date(0));
      made.isKnownTo(text, text);
      made.choose(text);
    },
  },
};

let preset: ReturnType<typeof loadPreset> | undefined;
function presetOf(): ReturnType<typeof loadPreset> {
  preset ??= loadPreset("jekyll");
  return preset;
}

/** @throws what is no refusal in words of ours */
export async function readInput(name: string, input: Buffer): Promise<void> {
  try {
    await readers[name]?.read(input);
  } catch (error) {
    if (!(error instanceof PostriderError)) throw error;
  }
}
