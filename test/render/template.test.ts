import { describe, expect, it } from "vitest";
import { compileTemplate } from "#render/template.ts";

describe("a template", () => {
  it("shows values as text and markup as markup", () => {
    const template = compileTemplate("{{a}} {{{a}}} {{b.c}}", "t");
    expect(template({ a: '<"&>', b: { c: 1 } })).toBe('&lt;&quot;&amp;&gt; <"&> 1');
  });

  it("repeats a section for a list, and leaves it out for what is empty", () => {
    const template = compileTemplate("{{#list}}[{{x}}{{y}}]{{/list}}{{#no}}no{{/no}}{{^no}}yes{{/no}}", "t");
    expect(template({ list: [{ x: 1 }, { x: 2 }], y: "!", no: "" })).toBe("[1!][2!]yes");
  });

  it("never reads again what it filled in", () => {
    const template = compileTemplate("{{{a}}}{{b}}", "t");
    expect(template({ a: "{{b}}", b: "{{{a}}}" })).toBe("{{b}}{{{a}}}");
  });

  it("names the line of a placeholder that doesn't exist, and of a section that stays open", () => {
    expect(() => compileTemplate("\n\n{{nothing}}", "t")({ a: "" })).toThrow(
      expect.objectContaining({ line: 3, hint: "Known here: a." }),
    );
    expect(() => compileTemplate("\n{{#a}}", "t")).toThrow(expect.objectContaining({ line: 2 }));
    expect(() => compileTemplate("{{/a}}", "t")).toThrow(expect.objectContaining({ line: 1 }));
    expect(() => compileTemplate("{{constructor}}", "t")({})).toThrow(/doesn't exist/);
  });
});
