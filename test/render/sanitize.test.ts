/** What is left of a contributor's HTML, and what is reported as removed. */

import { describe, expect, it } from "vitest";
import { droppedElements, sanitize } from "#render/article/sanitize.ts";
import type { Node } from "#render/article/tree.ts";

/** As HTML again, only so that the expectations can be read. */
function written(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (typeof node === "string") return node;
      const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${value}"`);
      return `<${node.tag}${attributes.join("")}>${written(node.children)}</${node.tag}>`;
    })
    .join("");
}
const cleaned = (html: string): string => written(sanitize(html));

describe("HTML in a post", () => {
  it.each([
    ["a script with its text", "a<script>alert(1)</script>b", "ab"],
    ["a style with its text", "a<style>p{color:red}</style>b", "ab"],
    ["a drawing with everything in it", "a<svg><text>drawn</text></svg>b", "ab"],
    ["a template with everything in it", "a<template><p>later</p></template>b", "ab"],
    ["a formula in MathML", "a<math><mi>x</mi></math>b", "ab"],
    ["a list of choices with its choices", "a<select><option>one</option></select>b", "ab"],
    ["a text field with its text", "a<textarea>typed</textarea>b", "ab"],
    ["an object with its replacement", "a<object>fallback</object>b", "ab"],
    ["a comment", "a<!-- hidden -->b", "ab"],
    ["a button, but not its text", "<button>Press</button>", "Press"],
    ["a form, but not its text", "<form>Ask <b>us</b></form>", "Ask <b>us</b>"],
    ["a field that is not a checkbox", 'a<input type="text">b', "ab"],
    ["a field without a type", "a<input>b", "ab"],
  ])("loses %s", (_, html, left) => {
    expect(cleaned(html)).toBe(left);
  });

  it("keeps a checkbox, and whether it is checked", () => {
    expect(cleaned('<input type="checkbox" checked>')).toBe('<input type="checkbox" checked=""></input>');
  });

  it.each([
    ['<p onclick="steal()" style="color:red" id="top" class="big">text</p>', "<p>text</p>"],
    ['<a href="javascript:alert(1)" title="t">text</a>', '<a title="t">text</a>'],
    ['<a href="https://example.org/" target="_blank">text</a>', '<a href="https://example.org/">text</a>'],
    ['<a href="mailto:ada@example.org">text</a>', '<a href="mailto:ada@example.org">text</a>'],
    ['<a href="data:text/html,x">text</a>', "<a>text</a>"],
    [
      '<img src="data:image/png;base64,AA" alt="a" srcset="x 2x">',
      '<img src="data:image/png;base64,AA" alt="a"></img>',
    ],
    ['<img src="file:///etc/passwd" alt="a">', '<img alt="a"></img>'],
    ['<video src="data:video/mp4,x" poster="p.png"></video>', '<video poster="p.png"></video>'],
    [
      '<table><tr><td colspan="2" align="right" bgcolor="red">1</td></tr></table>',
      '<table><tbody><tr><td colspan="2" align="right">1</td></tr></tbody></table>',
    ],
    ['<ol start="3" reversed><li>three</li></ol>', '<ol start="3"><li>three</li></ol>'],
    ['<code class="language-js other">x</code>', '<code class="language-js">x</code>'],
    ['<p lang="fr" dir="ltr">bonjour</p>', '<p lang="fr" dir="ltr">bonjour</p>'],
    ['<abbr title="World Wide Web">WWW</abbr>', '<abbr title="World Wide Web">WWW</abbr>'],
    ['<sup data-note="1" data-other="2">1</sup>', '<sup data-note="1">1</sup>'],
  ])("keeps of %s only what is allowed", (html, left) => {
    expect(cleaned(html)).toBe(left);
  });

  it("is balanced", () => {
    expect(cleaned("<p><em>one</p><p>two")).toBe("<p><em>one</em></p><p>two</p>");
  });

  it("has no references to characters that don't exist", () => {
    expect(cleaned("a&#0;b&#x0;c&#xD800;d&#xfffe;e&#xFFFF;f")).toBe("abcdef");
    expect(cleaned("&#65;&#x41;&#169;")).toBe("AA©");
    // Not finished: what follows belongs to the reference.
    expect(cleaned("a&#x0a;b")).toBe("a\nb");
  });

  it("shows the name of an unknown element as text", () => {
    expect(cleaned("a Map<Key> here")).toBe("a Map<Key> here");
  });
});

describe("What was removed", () => {
  it.each<[string, string[]]>([
    ["<p>text</p>", []],
    ["<form><button>x</button></form>", ["form", "button"]],
    ["<html><head></head><body><p>x</p></body></html>", []],
    ["<svg><image></image><path></path></svg>", ["svg", "image", "path"]],
    ["<image src=x>", []],
    ["<p>text<image src=x></p>", []],
    ["<svg><g></g><image></image></svg>", ["svg", "g", "image"]],
    ["<template><p></p><form></form></template><form></form>", ["template", "form"]],
    ["<svg></svg><image src=x>", ["svg"]],
    ["</svg><image src=x>", []],
    ["</svg><svg><image></image></svg>", ["svg", "image"]],
    ["<svg><svg></svg><image></image></svg><image>", ["svg", "svg", "image"]],
    ["<template><form></form></template><form></form>", ["template", "form"]],
    ["<template><template><form></form></template><form></form></template>", ["template"]],
    ["</template><form></form>", ["form"]],
    ["</template><template><form></form></template>", ["template"]],
    ["<script>'<form>'</script>", ["script"]],
    ["<style><form></style><nav></nav>", ["style", "nav"]],
    ["<textarea><form></textarea>", ["textarea"]],
    ["<title><form></title>", ["title"]],
    ["<xmp><form></xmp>", ["xmp"]],
    ["<noscript><form></noscript>", ["noscript"]],
    ["<noembed><form></noembed>", ["noembed"]],
    ["<noframes><form></noframes>", ["noframes"]],
    ["<iframe><form></iframe>", []],
    ["<plaintext><form>", ["plaintext"]],
    ["<!-- <form> --><!doctype html><nav>\0 </nav>", ["nav"]],
  ])("of %s is told", (html, names) => {
    expect(droppedElements(html)).toEqual(names);
  });
});
