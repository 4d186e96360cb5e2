import { describe, expect, it } from "vitest";
import { compileTemplate } from "#render/template.ts";

describe("a template", () => {
  it("shows values as text and markup as markup", () => {
    const template = compileTemplate({ text: "{{a}} {{{a}}} {{b.c}}", file: "t" });
    expect(template({ a: '<"&>', b: { c: 1 } }).text).toBe('&lt;&quot;&amp;&gt; <"&> 1');
  });

  it("repeats a section for a list, and leaves it out for an empty value", () => {
    const template = compileTemplate({
      text: "{{#list}}[{{x}}{{y}}]{{/list}}{{#no}}no{{/no}}{{^no}}yes{{/no}}",
      file: "t",
    });
    expect(template({ list: [{ x: 1 }, { x: 2 }], y: "!", no: "" }).text).toBe("[1!][2!]yes");
  });

  it("knows the names of a group inside its section", () => {
    const template = compileTemplate({
      text: "{{#g}}{{#list}}{{x}}{{y}}{{/list}}{{/g}}{{^none}}-{{/none}}",
      file: "t",
    });
    expect(template({ g: { list: [{ x: 1 }, { x: 2 }], y: "!" }, none: false }).text).toBe("1!2!-");
  });

  it("never replaces placeholders in a filled-in value", () => {
    const template = compileTemplate({ text: "{{{a}}}{{b}}", file: "t" });
    expect(template({ a: "{{b}}", b: "{{{a}}}" }).text).toBe("{{b}}{{{a}}}");
  });

  it("with sections a thousand deep is refused in words", () => {
    expect(() => compileTemplate({ text: "{{#a}}".repeat(10_000), file: "t" })).toThrow(/is in more than 50 others/);
  });

  it("names the line of a placeholder that doesn't exist, and of a section that stays open", () => {
    expect(() => compileTemplate({ text: "\n\n{{nothing}}", file: "t" })({ a: "" })).toThrow(
      expect.objectContaining({ line: 3, hint: "Known names: a." }),
    );
    expect(() => compileTemplate({ text: "\n{{#a}}", file: "t" })).toThrow(expect.objectContaining({ line: 2 }));
    expect(() => compileTemplate({ text: "{{/a}}", file: "t" })).toThrow(expect.objectContaining({ line: 1 }));
    expect(() => compileTemplate({ text: "{{constructor}}", file: "t" })({})).toThrow(/doesn't exist/);
  });
});
