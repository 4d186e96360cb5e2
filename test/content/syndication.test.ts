import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFrontMatter } from "#content/front-matter/front-matter.ts";
import { decode, revisionOf } from "#content/front-matter/source.ts";
import { appliedAsWritten, syndicationEdit, withoutSyndication } from "#content/front-matter/syndication.ts";
import { writeSyndication } from "#content/front-matter/write-syndication.ts";
import { tempDir } from "../support/temp.ts";

const links = ["https://social.example/@news/1", "https://bsky.app/profile/did:plc:abc/post/3k"];

function written(raw: string, wanted: readonly string[] = links, former: readonly string[] = []): string {
  const source = decode(Buffer.from(raw));
  if ("problem" in source) throw new Error(source.problem.message);
  const edit = syndicationEdit(source.text, wanted, former);
  if (edit === null) return raw;
  if (edit === "strange") throw new Error("strange");
  return appliedAsWritten(raw, edit);
}

function revision(raw: string): string {
  const source = decode(Buffer.from(raw));
  return "text" in source ? revisionOf(withoutSyndication(source.text)) : "";
}

/** File by file: what it is, before, and what has to stand there after. */
const list = links.map((link) => `  - ${link}\n`).join("");
const cases: [string, string, string][] = [
  ["YAML", "---\ntitle: A\n---\nText\n", `---\ntitle: A\nsyndication:\n${list}---\nText\n`],
  [
    "YAML with a byte order mark and CRLF",
    "\ufeff---\r\ntitle: A\r\nnote: |\r\n  one\r\n  two\r\n---\r\nText\r\n",
    `\ufeff---\r\ntitle: A\r\nnote: |\r\n  one\r\n  two\r\nsyndication:\r\n${list.replaceAll("\n", "\r\n")}---\r\nText\r\n`,
  ],
  [
    "YAML with a list of its own, in its own layout",
    "---\nsyndication:\n- https://own.example/1 # mine\n# a word\ntags: [a]\n---\nText",
    `---\nsyndication:\n- https://own.example/1 # mine\n${list.replaceAll("  - ", "- ")}# a word\ntags: [a]\n---\nText`,
  ],
  [
    "YAML with one address",
    "---\nsyndication: https://own.example/1\ntags: [a]\n---\nText",
    `---\nsyndication:\n  - https://own.example/1\n${list}tags: [a]\n---\nText`,
  ],
  ["YAML with an empty list", "---\nsyndication: []\na: 1\n---\nText", `---\nsyndication:\n${list}a: 1\n---\nText`],
  [
    "TOML, before its tables",
    "+++\ntitle = 'A'\n\n[extra]\nx = [\n[1],\n]\n+++\nText\n",
    `+++\ntitle = 'A'\nsyndication = [\n  "${links[0]}",\n  "${links[1]}",\n]\n\n[extra]\nx = [\n[1],\n]\n+++\nText\n`,
  ],
  [
    "JSON",
    '{\n  "title": "A",\n  "extra": { "b": [1] }\n}\nText\n',
    `{\n  "title": "A",\n  "extra": { "b": [1] },\n  "syndication": ["${links[0]}", "${links[1]}"]\n}\nText\n`,
  ],
  ["no front matter", "Text\n", `---\nsyndication:\n${list}---\nText\n`],
];

describe("The list of a post's copies in its front matter", () => {
  it.each(cases)("is written into %s, and nothing else is changed", (_name, before, after) => {
    expect(written(before)).toBe(after);
    expect(written(after), "a second time").toBe(after);
    expect(revision(after)).toBe(revision(before));
  });

  it("removes addresses of deleted copies, and never what the author wrote", () => {
    const before = `---\ntitle: A\nsyndication:\n  - https://own.example/1\n  - https://social.example/@news/0\n---\nText`;
    const after = written(before, [links[1] ?? ""], ["https://social.example/@news/0"]);
    expect(after).toBe(`---\ntitle: A\nsyndication:\n  - https://own.example/1\n  - ${links[1]}\n---\nText`);
    expect(written(after, [], links)).toBe("---\ntitle: A\nsyndication:\n  - https://own.example/1\n---\nText");
    expect(written(written("---\ntitle: A\n---\nText"), [], links)).toBe("---\ntitle: A\n---\nText");
  });

  it("does not change a list that it can't read", () => {
    for (const strange of ["---\nsyndication:\n  - url: x\n---\nText", "---\na: [\n---\nText", "---\n- a\n---\nText"])
      expect(syndicationEdit(strange, links, []), strange).toBe("strange");
  });

  it("changes nothing else in any front matter, and not the revision", () => {
    const word = fc.stringMatching(/^[\p{L}\p{N} .:#'"[\]{}|>-]{0,20}$/u);
    const value = fc.oneof(
      word,
      fc.integer(),
      fc.array(word, { maxLength: 3 }),
      fc.dictionary(key(), word, { maxKeys: 2 }),
    );
    const post = fc.record({
      data: fc.dictionary(key(), value, { maxKeys: 4 }),
      eol: fc.constantFrom("\n", "\r\n"),
      mark: fc.constantFrom("", "\ufeff"),
      json: fc.boolean(),
      body: fc.string({ maxLength: 60 }),
    });
    fc.assert(
      fc.property(post, ({ data, eol, mark, json, body }) => {
        const lines = json
          ? JSON.stringify({ title: "A", ...data }, null, 2)
          : `---\ntitle: A\n${Object.entries(data)
              .map(([name, each]) => `${name}: ${JSON.stringify(each)}\n`)
              .join("")}---`;
        const raw = `${mark}${lines}\n${body.replace(/[\0\r]/g, "")}.\n`.replaceAll("\n", eol);
        const after = written(raw);
        const [old, now] = [raw, after].map((each) =>
          readFrontMatter(each.replace(/^\ufeff/, "").replaceAll("\r\n", "\n")),
        );
        const { syndication, ...rest } = now?.data ?? {};
        expect(syndication).toEqual(links);
        expect({ ...rest }).toEqual({ ...old?.data });
        expect(now?.body).toBe(old?.body);
        expect(revision(after)).toBe(revision(raw));
        expect(written(after, [], links)).toBe(raw);
      }),
    );
  });

  it("keeps the file's mode, and follows a symbolic link", async () => {
    const dir = tempDir();
    const [file, link] = [join(dir, "post.md"), join(dir, "link.md")];
    writeFileSync(file, "---\ntitle: A\n---\nText\n");
    chmodSync(file, 0o640);
    symlinkSync(file, link);
    await writeSyndication(link, links, []);
    expect(readFileSync(file, "utf8")).toBe(`---\ntitle: A\nsyndication:\n${list}---\nText\n`);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });
});

function key(): fc.Arbitrary<string> {
  return fc.stringMatching(/^[a-z]{1,8}$/).filter((name) => !["syndication", "title"].includes(name));
}
