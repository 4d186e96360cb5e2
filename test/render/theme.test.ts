import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkTags } from "#render/email/mjml-tags.ts";
import { readTheme } from "#render/email/theme/theme.ts";
import { skeletonOf } from "#render/template.ts";
import { templatesDir } from "./support.ts";

const read = (source: string) => readTheme(source, "theme.yaml");

describe("a theme", () => {
  it("has default values for missing keys", () => {
    expect(read("")).toEqual(read(readFileSync(`${templatesDir}/theme.yaml`, "utf8")));
    expect(read('light:\n  accent: "#a00"\n').light).toEqual({ ...read("").light, accent: "#aa0000" });
  });

  it.each([
    ["light:\n  ink: #333\n", 2, /light\.ink: expected a colour in quotation marks/],
    ['light:\n  ink: "red"\n', 2, /expected a colour, like "#1a56c4", found "red"/],
    ['light:\n  acent: "#a00"\n', 2, /light\.acent: unknown key; did you mean "accent"\?/],
    ["textsize: 18\n", 1, /textsize: unknown key; did you mean "textSize"\?/],
    ["\nwidth: 9000\n", 2, /width: expected a whole number from 480 to 700, found 9000/],
    ["social:\n  - { name: Mastodon, url: mastodon.example }\n", 2, /begins with https:\/\/, found "mastodon.example"/],
    ['dark:\n  code:\n    comment: "#333333"\n', 3, /dark\.code\.comment: #333333 is hard to read on tint/],
    ["fonts:\n  text: url(x)\n", 2, /fonts\.text: expected font names separated by commas/],
    ["a: b: c\n", 1, /The theme is not valid YAML/],
    ["- 1\n", 1, /theme: /],
  ])("reports for %j what is wrong in line %i", (source, line, message) => {
    expect(() => read(source)).toThrow(expect.objectContaining({ file: "theme.yaml", line }));
    expect(() => read(source)).toThrow(message);
  });
});

describe("the tags of a template", () => {
  const check = (text: string) => () => checkTags(skeletonOf({ text, file: "post.mjml" }));

  it.each([
    ["<mj-text>\n<h1>{{title}}\n</mj-text>", 2, /<h1> is not closed before <\/mj-text>/],
    ["<mj-text>\n</mj-text>\n</p>", 3, /<\/p> has no opening tag/],
    ["\n<mj-raw>", 2, /<mj-raw> is never closed/],
    ['\n\n<mj-include path="x.mjml" />', 3, /<mj-include> is not supported/],
  ])("%j: reports the line", (text, line, message) => {
    expect(check(text)).toThrow(expect.objectContaining({ file: "post.mjml", line }));
    expect(check(text)).toThrow(message);
  });

  it("may be empty elements, and may have similar text in a comment or an attribute", () => {
    expect(check('<p title="a > b"><br><img src="x"><!-- <p> --><mj-divider /></p>')).not.toThrow();
  });
});
