/** Judges of a whole message: a checker of newsletters, Python's own parser, and SpamAssassin. */

import { execFile, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

export interface Mail {
  /** Of the post, for people. */
  name: string;
  /** The message as it would go out. */
  file: string;
  html: string;
  /** The same with the pictures that travel in it, as a mail client shows it. */
  shown: string;
  text: string;
}

export interface Finding {
  mail: string;
  text: string;
}

const run = promisify(execFile);
const python = "/usr/bin/python3";
const checker = join(
  process.env["POSTRIDER_CHECKS"] ?? join(import.meta.dirname, "../../../shared/checks"),
  "check_email.py",
);

/** What a program printed, whatever its exit status. */
async function output(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(program, [...args], { maxBuffer: 64e6 }).catch((error: { stdout: string }) => error);
  return stdout;
}

/** `null`: the checker isn't here. */
export async function mailCheckerGate(
  mails: readonly Mail[],
  /** Placeholders that an author typed: a regular expression. */
  typed = "",
): Promise<Finding[] | null> {
  if (!existsSync(checker) || spawnSync(python, ["-c", "import lxml, html5lib"]).status !== 0) return null;
  const names = new Map(mails.map(({ file, name }) => [file, name]));
  const lines = (await output(python, [checker, "--allow-placeholder", typed, ...names.keys()])).split("\n");
  return lines.flatMap((line) => {
    const [, file = "", text = ""] = /^(.*?\.eml): FAIL (.*)$/.exec(line) ?? [];
    return text ? [{ mail: names.get(file) ?? file, text }] : [];
  });
}

const defects = `
import sys, email, email.policy
for path in sys.argv[1:]:
    message = email.message_from_binary_file(open(path, 'rb'), policy=email.policy.default)
    for part in message.walk():
        for defect in part.defects: print(path + '\\t' + type(defect).__name__)
        for name, value in part.items():
            for defect in getattr(value, 'defects', ()): print(path + '\\t' + name + ': ' + type(defect).__name__)
`;

export async function parserGate(mails: readonly Mail[]): Promise<Finding[] | null> {
  if (!existsSync(python)) return null;
  const names = new Map(mails.map(({ file, name }) => [file, name]));
  const lines = (await output(python, ["-c", defects, ...names.keys()])).split("\n").filter(Boolean);
  return lines.map((line) => {
    const [file = "", text = ""] = line.split("\t");
    return { mail: names.get(file) ?? file, text };
  });
}

/**
 * The score of each mail by its name. Local rules only: nothing is asked of the network. All mails are one mailbox, because
 * the program takes more than a second to start.
 */
export async function spamScores(
  mails: readonly Mail[],
): Promise<Map<string, { score: number; tests: string }> | null> {
  if (spawnSync("spamassassin", ["--version"]).error) return null;
  const mailbox = join(dirname(mails[0]?.file ?? tmpdir()), "all.mbox");
  writeFileSync(
    mailbox,
    Buffer.concat(mails.flatMap(({ file }) => [separator, readFileSync(file), Buffer.from("\n")])),
  );
  const judged = (await output("/bin/sh", ["-c", 'spamassassin -L --mbox < "$0"', mailbox])).split(/^From gates@.*\n/m);
  return new Map(
    mails.map(({ name }, index) => {
      const [, score = "NaN", tests = ""] =
        /^X-Spam-Status: .*?score=(-?[\d.]+)[\s\S]*?tests=([\s\S]*?)(?:autolearn|version)/m.exec(
          judged[index + 1] ?? "",
        ) ?? [];
      return [name, { score: Number(score), tests: tests.replace(/\s+/g, " ") }];
    }),
  );
}

/** RFC 4155, appendix A. */
const separator = Buffer.from("From gates@example.org Thu Jan  1 00:00:00 1970\n");
