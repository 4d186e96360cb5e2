import { describe, expect, it } from "vitest";
import { textGate, wordShare } from "./text.ts";

const mail = (html: string, text: string) => [{ name: "a", file: "", html, shown: html, text }];

describe("the judge of text parts", () => {
  it("counts every visible word, and no hidden one", () => {
    const html = "<style>p{}</style><div style='display:none'>hidden</div><h1>One</h1><p>one <b>t</b>wo two</p>";
    expect(wordShare(html, "One\none two two")).toBe(1);
    expect(wordShare(html, "One two")).toBe(0.5);
  });

  it("counts each character of a script without spaces as a word, for any line breaks", () => {
    expect(wordShare("<p>日本語の段落</p>", "日本\n語の段\n落")).toBe(1);
  });

  it("reports a link that the text part does not have", () => {
    const html = '<p>Words <a href="https://example.org/a">here</a> <a href="mailto:a@example.org">write</a></p>';
    expect(textGate(mail(html, "Words here [1] write a@example.org"))).toEqual([
      { mail: "a", text: "a link is not in the text part: https://example.org/a" },
    ]);
  });

  it("reports missing words", () => {
    expect(textGate(mail("<p>one two three</p>", "one two"))).toEqual([
      { mail: "a", text: "66.7 % of the words are in the text part" },
    ]);
  });
});
