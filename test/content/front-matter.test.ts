import { describe, expect, it } from "vitest";
import { readFrontMatter } from "#content/front-matter/front-matter.ts";
import { codes, contentOf, readPost, sentence } from "./support.ts";

const read = (text: string) => readFrontMatter(text);
const yaml = (matter: string) => read(`---\n${matter}\n---\nText.\n`);

describe("Front matter", () => {
  it.each([
    ["YAML", "---\ntitle: Ebb\n---\nText."],
    ["YAML that says so", "---yaml\ntitle: Ebb\n---\nText."],
    ["YAML closed by dots", "---\ntitle: Ebb\n...\nText."],
    ["TOML", '+++\ntitle = "Ebb"\n+++\nText.'],
    ["TOML between dashes", '---toml\ntitle = "Ebb"\n---\nText.'],
    ["JSON", '{\n  "title": "Ebb"\n}\nText.'],
    ["JSON on one line", '{ "title": "Ebb" }\nText.'],
    ["JSON between dashes", '---json\n{ "title": "Ebb" }\n---\nText.'],
    ["YAML below blank lines", "\n\n---\ntitle: Ebb\n---\nText."],
  ])("is read as %s", (_, text) => {
    const { data, body, bodyLine, diagnostics } = read(text);
    expect({ ...data }).toEqual({ title: "Ebb" });
    expect(body).toBe("Text.");
    expect(text.split("\n")[bodyLine - 1]).toBe("Text.");
    expect(diagnostics).toEqual([]);
  });

  it("contains no character that a database or a feed refuses, with any escapes", () => {
    const { data } = yaml('title: "a\\0b \\e[31m \\uFFFE"\ntags: ["c\\x07", "\\uD800d"]');
    expect({ ...data }).toEqual({ title: "ab [31m ", tags: ["c", "d"] });
  });

  it("may be missing", () => {
    expect(read("# Ebb\n\nText.")).toMatchObject({ data: {}, body: "# Ebb\n\nText.", bodyLine: 1 });
    expect(read("---\n\nA rule, and then text.")).toMatchObject({ data: {}, diagnostics: [] });
    expect(read("{{ not json }}\n\nText.")).toMatchObject({ data: {}, diagnostics: [] });
  });

  it("may be empty", () => {
    expect(read("---\n---\nText.")).toMatchObject({ body: "Text.", bodyLine: 3, diagnostics: [] });
  });

  it("ends only at a complete line", () => {
    expect(yaml("title: Ebb\nrule: a ---- b\nmore: |\n  ----\n  ---more")["data"]).toMatchObject({ title: "Ebb" });
  });

  it.each([
    ["---\ntitle: Ebb\n\nText.", "front-matter-unclosed", 1],
    ["\n+++\ntitle = 'Ebb'\n\nText.", "front-matter-unclosed", 2],
    ["---js\n{ title: process.exit(7) }\n---\nText.", "front-matter-language", 1],
    ["---JavaScript\nprocess.exit(7)\n---\nText.", "front-matter-language", 1],
    ["---coffee\nprocess.exit 7\n---\nText.", "front-matter-language", 1],
    ["---\n- one\n- two\n---\nText.", "front-matter-not-a-mapping", 2],
    ["---\njust text\n---\nText.", "front-matter-not-a-mapping", 2],
    ["---\ntitle: Ebb\nauthor: a: b\n---\nText.", "front-matter-syntax", 3],
    ["---\ntitle: Ebb\nauthor: @ada\n---\nText.", "front-matter-syntax", 3],
    ["---\nrun: !!js/function 'function () { process.exit(7) }'\ntitle: [\n---\nText.", "front-matter-syntax", 3],
    ["+++\ntitle = Ebb\n+++\nText.", "front-matter-syntax", 2],
    ['{\n  "title": "Ebb",\n  oops\n}\nText.', "front-matter-syntax", 3],
  ])("that is wrong is refused with its line: %j", (text, code, line) => {
    const { data, diagnostics } = read(text);
    expect(data).toEqual({});
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ severity: "error", code, line });
    expect(diagnostics[0]?.message.length).toBeGreaterThan(20);
  });

  it("uses the last of two equal keys and reports it", () => {
    const { data, diagnostics } = yaml("title: Ebb\ndate: 2026-05-04\ntitle: Flood");
    expect(data["title"]).toBe("Flood");
    expect(diagnostics).toMatchObject([{ severity: "warning", code: "duplicate-key", line: 4 }]);
  });

  it("tolerates a quoted title that continues without indentation", () => {
    const { data, diagnostics } = yaml('title: "Ebb\nand flood"\ndate: 2026-05-04');
    expect(data).toMatchObject({ title: "Ebb and flood", date: "2026-05-04" });
    expect(diagnostics).toMatchObject([{ code: "front-matter-quotes", line: 3 }]);
  });

  it("needs no opening fence if two keys are above the closing one", () => {
    expect(readFrontMatter("title: Ebb\ndate: 2026-05-04\n---\nText.")).toMatchObject({
      data: { title: "Ebb", date: "2026-05-04" },
      body: "Text.",
      bodyLine: 4,
    });
    expect(readFrontMatter("title: Ebb\n---\nText.").data).toEqual({});
  });

  it("reports a value that YAML cuts off", () => {
    const { diagnostics } = readFrontMatter("---\ndraft: false # soon\ntitle: Ebb & &flood\nsummary: &low tide\n---\n");
    expect(diagnostics).toMatchObject([{ code: "cut-value", line: 4, message: expect.stringContaining('"&low"') }]);
  });

  it("keeps dates, words and long numbers as they are written", () => {
    const { data } = yaml("date: 2026-05-04\nanswer: yes\nbuild: '0123'\ntime: 12:30");
    expect(data).toMatchObject({ date: "2026-05-04", answer: "yes", build: "0123", time: "12:30" });
    const numbers = yaml("title: 1.10\ntweet: 1453110110599868418\ntag: 1e10\nhash: 0123").data;
    expect(numbers).toMatchObject({ title: "1.10", tweet: "1453110110599868418", tag: "1e10", hash: "0123" });
    expect(read("+++\ndate = 2026-05-04\n+++\n")["data"]).toMatchObject({ date: "2026-05-04" });
  });

  it("gives the line of every value", () => {
    const { lineOf } = yaml("title: Ebb\nimage:\n  src: a.png\n  alt: A\ntags:\n  - one\n  - two");
    expect([["title"], ["image", "alt"], ["tags", 1], ["nothing"]].map((path) => lineOf(path))).toEqual([2, 5, 8, 2]);
    const toml = read('\n+++\ntitle = "Ebb"\n[extra]\nteam = "T"\n+++\n');
    expect([toml.lineOf(["title"]), toml.lineOf(["extra", "team"])]).toEqual([3, 5]);
    const json = read('{\n  "title": "Ebb",\n  "date": "x"\n}\n');
    expect(json.lineOf(["date"])).toBe(3);
  });

  it("refuses an alias bomb", () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const before = level === 0 ? "x" : `*a${level - 1}`;
      return `a${level}: &a${level} [${Array.from({ length: 10 }, () => before).join(", ")}]`;
    });
    const { data, diagnostics } = yaml(levels.join("\n"));
    expect(data).toEqual({});
    expect(diagnostics[0]?.code).toMatch(/^front-matter-(syntax|too-big)$/);
  });

  it("ignores prototype keys", () => {
    const { data } = yaml("__proto__:\n  polluted: true\nconstructor: { prototype: { polluted: true } }\ntitle: Ebb");
    expect(Object.keys(data)).toEqual(["title"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(read('{ "__proto__": { "polluted": true }, "title": "Ebb" }\n')["data"]).toEqual({ title: "Ebb" });
  });

  it.each([
    ["is too long", `title: ${"x".repeat(70_000)}`],
    ["has too many lines", "\n".repeat(3_000)],
    ["is nested too deeply", `title: ${"[".repeat(60)}${"]".repeat(60)}`],
    ["is nested so deeply that parsers overflow", `title: ${"[".repeat(20_000)}${"]".repeat(20_000)}`],
    ["has too many values", `title: [${"1,".repeat(12_000)}]`],
  ])("that %s is refused", (_, matter) => {
    const { diagnostics } = yaml(matter);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.code).toMatch(/^front-matter-(too-big|syntax)$/);
  });

  it("shares nothing between two posts with the same text", () => {
    const first = yaml("tags: [a]").data;
    (first["tags"] as string[]).push("b");
    expect(yaml("tags: [a]").data["tags"]).toEqual(["a"]);
  });

  it("is the same after a broken post as before it", () => {
    const broken = "---\nauthor: a: b\n---\nText.";
    expect(read(broken).diagnostics).toEqual(read(broken).diagnostics);
    expect(read(broken).data).toEqual({});
  });
});

describe("A file", () => {
  const text = `---\ntitle: Ebb\ndate: 2026-05-04\n---\n${sentence}\n`;

  it("has the same revision with a byte order mark, CRLF or blank lines at its end", async () => {
    const variants = [text, `\uFEFF${text}`, text.replaceAll("\n", "\r\n"), `${text}\n\n`];
    const posts = await Promise.all(variants.map((each) => readPost(each)));
    expect(new Set(posts.map(({ post }) => post?.revision)).size).toBe(1);
    expect(posts.map(({ post }) => [post?.title, post?.body.trim()])).toEqual(variants.map(() => ["Ebb", sentence]));
    expect(posts.flatMap(codes)).toEqual([]);
  });

  it.each([
    ["empty", "", "empty-file"],
    ["blank", " \n\n", "empty-file"],
    ["binary", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1]), "not-text"],
    ["in Latin-1", new Uint8Array([0x74, 0xfc, 0x72]), "not-text"],
    ["holding NUL", "---\ntitle: a\0b\n---\n", "not-text"],
    ["too big", "x".repeat(2_000_001), "file-too-big"],
  ])("that is %s is refused with line 1", async (_, bytes, code) => {
    const reading = await readPost(bytes);
    expect(reading.post).toBeNull();
    expect(codes(reading)).toEqual([`${code}:1`]);
  });

  it("that isn't there or isn't one is refused", async () => {
    const content = contentOf({ "folder/post.md": text });
    expect(codes(await content.read("nowhere.md"))).toEqual(["missing-file:1"]);
    expect(codes(await content.read("folder"))).toEqual(["not-a-file:1"]);
    expect(codes(await content.read("folder/post.md/inside"))).toEqual(["missing-file:1"]);
  });
});
