import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../render/support.ts";
import { sentencesOfCode, sentencesOfShell, sentencesOfTemplate } from "./sentences.ts";

const texts = (source: string) => sentencesOfCode(source).map(({ text }) => text);

describe("the list of sentences", () => {
  test("names the line of a sentence, and joins what a plus sign adds", () => {
    const source = 'const a = 1;\n\nthrow new Error(\n  "The file is " +\n    "empty",\n);\n';
    expect(sentencesOfCode(source)).toEqual([{ line: 4, text: "The file is empty" }]);
  });

  test("shows an interpolation as {…}, and lists a sentence inside of it", () => {
    const source = ["`Sent to $", "{count} readers$", '{late ? ", one day late" : `, $', "{n} late`}.`"].join("");
    expect(texts(source)).toEqual(["Sent to {…} readers{…}.", ", one day late", ", {…} late"]);
  });

  test("reads escapes as the program does", () => {
    expect(texts(String.raw`"It isn\'t\nthere \u2014 look\x21 \u{1f600}"`)).toEqual(["It isn't there — look! 😀"]);
  });

  test("skips comments and regular expressions, also with quotes in them", () => {
    const source = [
      '// It says "no such file".',
      "/* 'also not this' */",
      'const found = text.match(/a "quoted word" [/\'] `/) ?? 6 / 2;',
      'const url = "https://example.org"; // "a comment"',
      'say("This is read");',
    ];
    expect(sentencesOfCode(source.join("\n"))).toEqual([{ line: 5, text: "This is read" }]);
  });

  test("skips SQL, but not a sentence in it", () => {
    expect(texts('sql("select id, name from postrider.list where id = $1 order by id")')).toEqual([]);
    expect(texts("`update postrider.campaign set reason = 'the limit was reached' where state = 'paused'`")).toEqual([
      "the limit was reached",
    ]);
  });

  test("keeps a sentence that only resembles SQL", () => {
    const sentences = ["where these people agreed (default: the file's name)", "Look for it in postrider.yaml."];
    expect(texts(sentences.map((each) => `say(${JSON.stringify(each)});`).join("\n"))).toEqual(sentences);
  });

  test("skips styles, headers and imports, and removes tags", () => {
    const source = `import { a } from "./a.ts";
      const b = "color:red; margin:0 auto"; const c = "text/html; charset=utf-8";
      const d = html\`<p class="big note">Please wait a minute.</p>\`;`;
    expect(texts(source)).toEqual(["Please wait a minute."]);
  });

  test("reads the text of a template and the words that a script prints", () => {
    expect(sentencesOfTemplate('<!-- not this one -->\n<p class="a b">Hello {{name}}, dear reader</p>')).toEqual([
      { line: 2, text: "Hello {…}, dear reader" },
    ]);
    expect(sentencesOfShell('# "not this one"\necho "There is no $file here"')).toEqual([
      { line: 2, text: "There is no {…} here" },
    ]);
  });

  test("prints each with file and line, and can be asked for one folder", () => {
    const run = (...args: string[]) =>
      execFileSync(process.execPath, ["--conditions=source", "test/words/run.ts", ...args], { cwd: root }).toString();
    const server = run("src/http/");
    const line = readFileSync(join(root, "src/http/server.ts"), "utf8")
      .split("\n")
      .findIndex((each) => each.includes('"Page not found"'));
    expect(server).toContain(`src/http/server.ts:${line + 1}: Page not found\n`);
    expect(server).not.toContain("src/cli/");
  });
});
