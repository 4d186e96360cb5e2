import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { legalText } from "#core/posts/legal-text.ts";
import type { NoteFit, NoteRendition } from "#core/renditions/rendition.ts";
import { noteRendition } from "#render/note/note.ts";
import { clipped } from "#render/note/sentences.ts";
import { noteTemplates } from "#render/note/template.ts";
import { graphemes, makePost } from "./support.ts";

const templates = noteTemplates(new Map());
const fitOf = (more: Partial<NoteFit>): NoteFit => ({
  ...{ channel: "social", adapter: "board", maxLength: 300, measure: graphemes },
  ...{ hashtags: 0, threads: false, warnings: false, card: "crawl", style: {}, ...more },
});
const noteOf = (post: Parameters<typeof makePost>[1], fit: Partial<NoteFit> = {}): NoteRendition =>
  noteRendition(makePost("", post), fitOf(fit), templates, "The Reading Room");
const write = (more: Parameters<typeof makePost>[1], maxLength = 300): string => noteOf(more, { maxLength }).text;

const summary = (text: string) => ({ summary: { text, source: "frontmatter" as const } });

describe("a note", () => {
  it("has the title, the summary, and the permalink at its end", () => {
    expect(write(summary("It opens on Monday. Come by."))).toBe(
      "The reading room opens again\n\nIt opens on Monday. Come by.\n\nhttps://room.example.org/blog/sample/",
    );
  });

  it("is cut quickly if a text continues with only punctuation and spaces", () => {
    const fits = (part: string): boolean => part.length < 250_000;
    for (const signs of [" ,", "  ", "."]) expect(clipped(`Hello ${signs.repeat(300_000)}there`, fits)).toBe("Hello…");
  });

  it("keeps whole sentences of a summary that is too long", () => {
    const text = write(summary("It opens on Monday. There is a great deal more to be said about that."), 100);
    expect(text).toBe("The reading room opens again\n\nIt opens on Monday.\n\nhttps://room.example.org/blog/sample/");
  });

  it("does not end a sentence at an abbreviation", () => {
    const text = write(summary("We thank Dr. Lamp for the chairs and the light. More follows in the letter."), 120);
    expect(text).toContain("We thank Dr. Lamp for the chairs and the light.\n");
  });

  it("cuts a long title after a word, with an ellipsis", () => {
    expect(write({ title: "A very long title, which goes on" }, 62)).toBe(
      "A very long title…\n\nhttps://room.example.org/blog/sample/",
    );
  });

  it("is only the link if nothing else fits", () => {
    expect(write({}, 5)).toBe("https://room.example.org/blog/sample/");
  });

  it("prefers the author's own text, and has the link once", () => {
    const shareText = "Tea, finally. https://room.example.org/blog/sample/";
    expect(write({ shareText })).toBe("Tea, finally.\n\nhttps://room.example.org/blog/sample/");
  });

  it("does not repeat the title", () => {
    expect(write(summary("The reading room opens again on Monday."))).toMatch(
      /^The reading room opens again on Monday\.\n/,
    );
  });

  it("measures with the given function", () => {
    const measure = (text: string): number => graphemes(text) * 2;
    const note = noteOf(summary("It opens on Monday. And on Tuesday."), { maxLength: 180, measure });
    expect(measure(note.text)).toBeLessThanOrEqual(180);
    expect(note.text).toContain("It opens on Monday.\n");
  });

  it("cuts Chinese between words and never inside a character", () => {
    const text = write({ title: "图书馆重新开放，欢迎大家下周来参观和借书", ...summary("") }, 52);
    expect(graphemes(text)).toBeLessThanOrEqual(52);
    expect(text).toMatch(/^图书馆.*…\n\nhttps/);
  });

  it("fits, ends with the whole permalink, and breaks no word, for any words and any limit", () => {
    const words = fc
      .array(
        fc.string({ unit: fc.constantFrom("a", "b", "é", "👩‍👧", ".", "!", "?", "-"), minLength: 1, maxLength: 12 }),
        { maxLength: 60 },
      )
      .map((all) => all.join(" "));
    fc.assert(
      fc.property(words, words, fc.integer({ min: 40, max: 400 }), (title, text, maxLength) => {
        const note = write({ title, ...summary(text) }, maxLength);
        expect(graphemes(note)).toBeLessThanOrEqual(maxLength);
        expect(note.endsWith("https://room.example.org/blog/sample/")).toBe(true);
        const said = note.slice(0, -"https://room.example.org/blog/sample/".length).trim();
        const spoken = `${title} ${text}`.split(" ");
        for (const word of said.split(/\s+/).filter(Boolean))
          expect(
            spoken.some((each) => each === word || (word.endsWith("…") && each.startsWith(word.slice(0, -1)))),
          ).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a note for a network", () => {
  const url = "https://room.example.org/blog/sample/";

  it("has the author's text for the channel, or else for the network, or else for all", () => {
    const socialTexts = { social: "For this channel only.", board: "For this network." };
    expect(noteOf({ socialTexts, shareText: "For all." }).text).toBe(`For this channel only.\n\n${url}`);
    expect(noteOf({ socialTexts, shareText: "For all." }, { channel: "other" }).text).toContain("For this network.");
    expect(noteOf({ socialTexts, shareText: "For all." }, { channel: "a", adapter: "b" }).text).toContain("For all.");
  });

  it("has hashtags that can be read aloud, as many as the network and the site allow", () => {
    const tags = ["open source", "c++", "2026", "k8s", "Open Source", "größe"];
    const style = { tagNames: { k8s: "Kubernetes", "c++": "" } };
    expect(noteOf({ tags }, { hashtags: 5, style }).text).toContain("\n\n#OpenSource #Kubernetes #größe\n\n");
    expect(noteOf({ tags }, { hashtags: 5, style: { ...style, hashtags: 1 } }).text).toContain("\n\n#OpenSource\n\n");
    expect(noteOf({ tags }, { hashtags: 5, style: { hashtags: false } }).text).not.toContain("#");
    expect(noteOf({ tags }).text).not.toContain("#");
  });

  it.each([
    ["c++", "#cpp"],
    ["C++", "#Cpp"],
    ["C#", "#CSharp"],
    [".NET", "#DotNET"],
    ["node.js", "#NodeJs"],
    ["R&D", "#RAndD"],
    ["what's new", "#WhatsNew"],
    ["self-hosting", "#SelfHosting"],
    ["#already", "#already"],
    ["constructor", "#constructor"],
  ])("keeps the meaning of the tag %s: %s", (tag, hashtag) => {
    expect(noteOf({ tags: [tag] }, { hashtags: 1 }).text).toContain(`\n\n${hashtag}\n\n`);
  });

  it("ends with a whole sentence if the summary was cut and enough is left", () => {
    const first = "The lamp above the door of the harbour office went out in the night of the third of March.";
    const text = `${first} ${"It was dark and nobody could find the ladder ".repeat(4)}until…`;
    expect(noteOf({ summary: { text, source: "paragraph" } }, { maxLength: 500 }).text).toContain(`${first}\n\nhttps`);
    const alone = `${"It was dark and nobody could find the ladder ".repeat(6)}until…`;
    expect(noteOf({ summary: { text: alone, source: "paragraph" } }, { maxLength: 500 }).text).toContain("until…");
  });

  it("is cut between emoji, never inside one", () => {
    const shareText = "👨‍👩‍👧‍👦🇩🇪👍🏽".repeat(9);
    const measure = (each: string) => Buffer.byteLength(each);
    const [words = ""] = noteOf({ shareText }, { maxLength: 200, measure }).text.split("\n\n");
    expect(words).toMatch(/^(?:👨‍👩‍👧‍👦🇩🇪👍🏽)+(?:👨‍👩‍👧‍👦)?(?:🇩🇪)?…$/u);
    expect(measure(words)).toBeGreaterThan(100);
  });

  it('is not cut after a word such as "and"', () => {
    const title = "We went along the pier and down to the water and the boats were gone";
    expect(noteOf({ title, summary: { text: "", source: "none" } }, { maxLength: url.length + 47 }).text).toBe(
      `We went along the pier and down to the water…\n\n${url}`,
    );
  });

  it("drops hashtags before it drops the summary", () => {
    const post = { tags: ["one", "two"], ...summary("It opens on Monday.") };
    const length = graphemes(`The reading room opens again\n\nIt opens on Monday.\n\n#One #Two\n\n${url}`);
    expect(noteOf(post, { hashtags: 2, maxLength: length }).text).toContain("#one #two");
    expect(noteOf(post, { hashtags: 2, maxLength: length - 1 }).text).toMatch(/Monday\.\n\n#one\n\n/);
    expect(noteOf(post, { hashtags: 2, maxLength: length - 11 }).text).toMatch(/Monday\.\n\nhttps/);
  });

  it("adds configured parameters to its link", () => {
    expect(noteOf({}, { style: { utm: { utm_source: "board", utm_medium: "social" } } }).text).toMatch(
      /\n\nhttps:\/\/room\.example\.org\/blog\/sample\/\?utm_source=board&utm_medium=social$/,
    );
  });

  it("follows the operator's template for the network", () => {
    const own = noteTemplates(
      new Map([["board", { file: "note/board.txt", text: "New from {{author}}: {{title}} & more\n\n{{url}}\n" }]]),
    );
    const post = makePost("", { authors: [{ name: "Ada" }] });
    expect(noteRendition(post, fitOf({}), own, "Site").text).toBe(
      `New from Ada: The reading room opens again & more\n\n${url}`,
    );
    expect(noteRendition(post, fitOf({ adapter: "other" }), own, "Site").text).toContain("\n\nThe shelves are new");
  });

  it("refuses a template without the permalink at its end, with file and line", () => {
    const without = new Map([["board", { file: "note/board.txt", text: "{{title}}\n\nCome and read!\n" }]]);
    expect(() => noteTemplates(without)).toThrow(expect.objectContaining({ file: "note/board.txt", line: 3 }));
  });

  it("uses the key sentences if there is no summary and the beginning doesn't fit", () => {
    const body = [
      "Yesterday evening, when the rain had stopped and everybody had gone home with their umbrellas and their bags of library books, I sat down to write.",
      "The reading room has new shelves for every library book. The reading room opens on Monday with tea for every reader. Bring a friend.",
      "The shelves of the reading room were made by Bo.",
    ].join("\n\n");
    const flat = body.replace(/\s+/g, " ");
    const post = makePost(body, { title: "Open again", summary: { text: flat, source: "paragraph" } });
    const { text } = noteRendition(post, fitOf({ maxLength: 150 }), templates, "Site");
    expect(text).toMatch(/^Open again\n\nThe reading room [^…]+\.\n\nhttps/);
  });

  it("continues in numbered replies if the channel allows it, cut at sentences", () => {
    const text = Array.from({ length: 12 }, (_, index) => `Sentence number ${index + 1} says a little more.`).join(" ");
    const fit = { maxLength: 120, threads: true, style: { thread: true } };
    const note = noteOf(summary(text), fit);
    const parts = [note.text, ...note.thread];
    expect(parts.length).toBeGreaterThan(3);
    for (const [index, part] of parts.entries()) {
      expect(graphemes(part)).toBeLessThanOrEqual(120);
      expect(part).toContain(` ${index + 1}/${parts.length}`);
      expect(part.includes(url)).toBe(index + 1 === parts.length);
    }
    expect(
      parts
        .map((part) => part.replace(/ ?\d+\/\d+(\n\n.*)?$/s, ""))
        .join(" ")
        .replace(/\s+/g, " ")
        .trim(),
    ).toBe(`The reading room opens again ${text}`);
    expect(noteOf(summary("Short."), fit).thread).toEqual([]);
    expect(noteOf(summary(text), { ...fit, style: {} }).thread).toEqual([]);
  });

  const anything = fc
    .array(
      fc.oneof(
        fc.string({ unit: "grapheme", maxLength: 20 }),
        fc.constantFrom(
          "👩‍👩‍👧‍👦",
          "🏳️‍🌈",
          "e\u0301\u0323",
          "שלום",
          "مرحبا",
          "你好世界",
          "こんにちは。",
          "https://a.example/(x)_[y]?q=%20&z",
          "z\u0335".repeat(9),
        ),
        fc.constantFrom(". ", "! ", "\n\n", "… ", ", "),
      ),
      { maxLength: 80 },
    )
    .map((parts) => parts.join(" "));

  it("fits, keeps the link and breaks no character, for any text and any measure", () => {
    const measures = [graphemes, (text: string) => text.length, (text: string) => Buffer.byteLength(text)];
    fc.assert(
      fc.property(
        anything,
        anything,
        fc.nat(2),
        fc.integer({ min: 60, max: 500 }),
        fc.boolean(),
        (title, text, by, maxLength, thread) => {
          const measure = measures[by] ?? graphemes;
          const post = { title, tags: ["a b", text.slice(0, 9)], ...summary(text) };
          const note = noteOf(post, { maxLength, measure, hashtags: 3, threads: true, style: { thread } });
          const parts = [note.text, ...note.thread];
          for (const part of parts) expect(measure(part)).toBeLessThanOrEqual(maxLength);
          expect(parts.at(-1)?.endsWith(url)).toBe(true);
          expect(parts.join("")).toBe(parts.join("").toWellFormed());
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is cut between two characters", () => {
    const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
    fc.assert(
      fc.property(anything, fc.integer({ min: 60, max: 300 }), (written, maxLength) => {
        const shareText = legalText(written).trim();
        fc.pre(shareText !== "");
        const { text } = noteOf({ shareText }, { maxLength });
        const kept = text.slice(0, -url.length).trimEnd().replace(/…$/u, "").trimEnd();
        expect(shareText.startsWith(kept)).toBe(true);
        const ends = [...segmenter.segment(shareText)].map(({ index, segment }) => index + segment.length);
        expect([0, ...ends]).toContain(kept.length);
      }),
      { numRuns: 300 },
    );
  });

  it("is made quickly from ten thousand words", () => {
    const text = Array.from({ length: 10_000 }, (_, index) => `word${index % 97}${index % 13 === 0 ? "." : ""}`).join(
      " ",
    );
    const note = noteOf({ shareText: text }, { threads: true, style: { thread: true } });
    expect(note.thread.length).toBe(9);
    expect(note.thread.at(-1)).toMatch(/10\/10\n\nhttps/);
  });
});

describe("what a note takes from a post that has no description", () => {
  const taken = (text: string, source: "paragraph" | "flattened" = "paragraph"): string => {
    const [, said = ""] = write({ summary: { text, source } }).split("\n\n");
    return said.startsWith("https://") ? "" : said;
  };

  it("is not a sentence that introduces a list, and not a label", () => {
    expect(taken("It opens on Monday. The days are these:")).toBe("It opens on Monday.");
    expect(taken("本日から開きます。関連記事")).toBe("本日から開きます。");
    expect(taken("Here is what we did:")).toBe("");
  });

  it("is not a placeholder of a generator", () => {
    expect(taken("We are glad to release {{ version }}. It is faster.")).toBe("It is faster.");
    expect(taken("[!WARNING] Old tags are gone. It is faster.")).toBe("It is faster.");
  });

  it("is not a sequence of list items", () => {
    expect(taken("Breaking changes Needs Node 20 #3778 Fixes the build", "flattened")).toBe("");
  });

  it("is the beginning of a sentence that is too long, up to a clause, and not a sentence from the middle", () => {
    const lead =
      "The reading room, which was closed for the whole of the winter while its roof was mended, opens again on Monday with new chairs (and, as many of you have asked for, a kettle of its own), and everybody is welcome to come by and see it";
    const post = { summary: { text: `${lead}.`, source: "paragraph" as const } };
    expect(write(post, 240).split("\n\n")[1]).toBe(
      "The reading room, which was closed for the whole of the winter while its roof was mended, opens again on Monday with new chairs…",
    );
  });
});

describe("a content warning", () => {
  const warned = (warnings: boolean, maxLength = 300) =>
    noteOf({ contentWarning: "Spiders", ...summary("It opens on Monday. Come by.") }, { warnings, maxLength });

  it("is a separate field if the network has one, and the first line otherwise", () => {
    expect(warned(true)).toMatchObject({ contentWarning: "Spiders", text: expect.stringMatching(/^The reading room/) });
    expect(warned(false).text).toMatch(
      /^⚠️ Spiders\n\nThe reading room opens again\n\nIt opens on Monday\. Come by\.\n/,
    );
    expect(warned(false).contentWarning).toBeUndefined();
  });

  it("is counted in both cases", () => {
    expect(graphemes(warned(true, 100).text) + graphemes("Spiders")).toBeLessThanOrEqual(100);
    expect(graphemes(warned(false, 100).text)).toBeLessThanOrEqual(100);
  });
});
