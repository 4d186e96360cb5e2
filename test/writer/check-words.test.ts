import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkedWords } from "#writer/check-words.ts";

const url = "https://example.org/blog/hello/";
const known = "Why we moved to Node.js. It was time.";
const checked = (answer: string) => checkedWords(answer, url, known);

describe("Words that a language model wrote", () => {
  it.each([
    ["It took a year, and it was worth it.", "It took a year, and it was worth it."],
    ['"It took a year."', "It took a year."],
    [`  It took a year.  \r\n\r\n\r\n${url}`, "It took a year."],
    ["We moved to Node.js, at last.", "We moved to Node.js, at last."],
    ["今日は新しい記事です。", "今日は新しい記事です。"],
    ["5 * 3 = 15, for a & b, and C# too 👩‍👩‍👧.", "5 * 3 = 15, for a & b, and C# too 👩‍👩‍👧."],
  ])("are used if they are valid: %s", (answer, words) => {
    expect(checked(answer)).toEqual({ words });
  });

  it.each([
    ["", "empty"],
    [url, "empty"],
    ["!!! ???", "no words"],
    ["Read https://evil.example now", "link"],
    ["Read evil.example now", '"evil.example"'],
    ["Go to www.evil now", "link"],
    ["Thanks @ada for this", "address"],
    ["Write to ada@example.org", "address"],
    ["Great #news", "hashtag"],
    ["**Great** news", "markup"],
    ["# Great news", "markup"],
    ["- one\n- two", "markup"],
    ["1. one", "markup"],
    ["See [this](x)", "markup"],
    ["Great `code` here", "markup"],
    ["<b>Great</b>", "HTML"],
    ["Fish &amp; chips", "HTML"],
    ["Hello {{url}} there", "markup"],
    ["Hello \u202eereht", "invisible"],
    ["Hello\u0007 there", "invisible"],
    ["word ".repeat(700), "characters long"],
  ])("are not used, with a reason: %j", (answer, problem) => {
    expect(checked(answer)).toEqual({ problem: expect.stringContaining(problem) });
  });

  it("never add a link, a name or markup", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.constantFrom("http://", "@", "<b", "](", "**"),
        (text, bad) => {
          const outcome = checked(`Some words ${text} ${bad}x ${text}`);
          expect(outcome).toHaveProperty("problem");
        },
      ),
    );
  });
});
