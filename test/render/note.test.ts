import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noteRendition } from "#render/note.ts";
import { graphemes, makePost } from "./support.ts";

const write = (more: Parameters<typeof makePost>[1], maxLength = 300): string =>
  noteRendition(makePost("", more), { maxLength, measure: graphemes }).text;

const summary = (text: string) => ({ summary: { text, source: "frontmatter" as const } });

describe("a note", () => {
  it("has the title, the summary, and the permalink at its end", () => {
    expect(write(summary("It opens on Monday. Come by."))).toBe(
      "The reading room opens again\n\nIt opens on Monday. Come by.\n\nhttps://room.example.org/blog/sample/",
    );
  });

  it("keeps whole sentences of a summary that is too long", () => {
    const text = write(summary("It opens on Monday. There is a great deal more to be said about that."), 100);
    expect(text).toBe("The reading room opens again\n\nIt opens on Monday.\n\nhttps://room.example.org/blog/sample/");
  });

  it("does not take an abbreviation for the end of a sentence", () => {
    const text = write(summary("We thank Dr. Lamp for the chairs and the light. More follows in the letter."), 120);
    expect(text).toContain("We thank Dr. Lamp for the chairs and the light.\n");
  });

  it("cuts a long title after a word, with an ellipsis", () => {
    expect(write({ title: "A very long title, which goes on" }, 62)).toBe(
      "A very long title…\n\nhttps://room.example.org/blog/sample/",
    );
  });

  it("is the link alone where nothing else fits", () => {
    expect(write({}, 5)).toBe("https://room.example.org/blog/sample/");
  });

  it("prefers the author's own words, and has the link once", () => {
    const shareText = "Tea, finally. https://room.example.org/blog/sample/";
    expect(write({ shareText })).toBe("Tea, finally.\n\nhttps://room.example.org/blog/sample/");
  });

  it("does not say the title twice", () => {
    expect(write(summary("The reading room opens again on Monday."))).toMatch(
      /^The reading room opens again on Monday\.\n/,
    );
  });

  it("counts by the given measure", () => {
    const measure = (text: string): number => graphemes(text) * 2;
    const note = noteRendition(makePost("", summary("It opens on Monday. And on Tuesday.")), {
      maxLength: 180,
      measure,
    });
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
