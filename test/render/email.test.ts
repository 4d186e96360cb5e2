import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { beforeAll, describe, expect, it } from "vitest";
import type { Renderer } from "#core/renditions/rendition.ts";
import { mailBytes } from "#render/email/budget.ts";
import { aFit, graphemes, list, makePost, openTestRenderer, root, samples, site, templatesDir } from "./support.ts";

let renderer: Renderer;
beforeAll(async () => {
  renderer = await openTestRenderer();
});

const mail = (body: string, more: Parameters<typeof makePost>[1] = {}) => renderer.email(makePost(body, more), list);

describe("the rendition for mail", () => {
  it.each(Object.keys(samples))("of the sample post %s matches the golden files", async (name) => {
    const post = samples[name];
    if (!post) throw new Error(name);
    const { html, text } = await renderer.email(post, list);
    await expect(html).toMatchFileSnapshot(`../golden/render/${name}.email.html`);
    await expect(text).toMatchFileSnapshot(`../golden/render/${name}.email.txt`);
    await expect((await renderer.feed(post)).html).toMatchFileSnapshot(`../golden/render/${name}.feed.html`);
    const note = renderer.note(post, aFit(300, graphemes));
    await expect(note.text).toMatchFileSnapshot(`../golden/render/${name}.note.txt`);
  });

  it("always has the same bytes", async () => {
    const again = await openTestRenderer();
    const post = samples["everything"] ?? makePost("");
    expect(await again.email(post, list)).toEqual(await renderer.email(post, list));
    expect(again.version).toBe(renderer.version);
  });

  it("cannot be broken by a title", async () => {
    const title = `x" onmouseover="alert(1)" </mj-title><mj-raw><script>alert(2)</script></mj-raw> {{reason}}`;
    const { html, subject } = await mail("Words.", { title });
    expect(subject).toBe(title);
    expect(dangers(html)).toEqual([]);
    expect(textContent(html)).toContain(title);
  });

  it("has one h1 and skips no level, for any headings in the post", async () => {
    const { html } = await mail("### A\n\ntext\n\n##### B\n\ntext\n\n### C\n\ntext\n\n# D");
    expect([...html.matchAll(/<(h\d)/g)].map(([, tag]) => tag)).toEqual(["h1", "h2", "h3", "h2", "h2"]);
  });

  it("leaves out a first heading that repeats the title", async () => {
    const { html } = await mail("# The reading room opens again\n\nWords.");
    expect(html.match(/opens again<\/(a|h\d)>/g)).toHaveLength(1);
  });

  it("makes addresses absolute and removes broken links", async () => {
    const body =
      "[a](/x) [b](#y) [c](z?q=1&r=2) [d](http://localhost:3000/) [e](javascript:alert(1)) [f](//cdn.example.org/i) ![g](data:image/png;base64,AAAA)";
    const { html } = await mail(body);
    const hrefs = [...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href);
    expect(hrefs).toEqual(
      expect.arrayContaining([
        "https://room.example.org/x",
        "https://room.example.org/blog/sample/#y",
        "https://room.example.org/blog/sample/z?q=1&amp;r=2",
        "https://cdn.example.org/i",
      ]),
    );
    expect(html).not.toMatch(/localhost|javascript|data:/);
    expect(html).toContain("[g]");
  });

  it("keeps a permalink with a query complete, everywhere", async () => {
    const url = "https://room.example.org/?p=1&lang=en&quote='";
    const { html, text } = await mail("Words.", { url });
    const hrefs = [...html.matchAll(/href="([^"]*p=1[^"]*)"/g)].map(([, href]) => href);
    expect(hrefs).toEqual(Array(2).fill("https://room.example.org/?p=1&amp;lang=en&amp;quote='"));
    expect(text).toContain(url);
  });

  it("has a hidden preheader even if a post has no text", async () => {
    const { preheader, html } = await mail("", { summary: { text: "", source: "none" } });
    expect(preheader).toBe("Letters from a library that is mostly windows.");
    expect(html).toContain(`mso-hide:all;">${preheader}`);
  });

  it("keeps the author's placeholders as text", async () => {
    const { html, text } = await mail("{{title}} {{{reason}}} *|FNAME|* %recipient% {{#hero}}");
    for (const part of [textContent(html), text])
      expect(part).toContain("{{title}} {{{reason}}} *|FNAME|* %recipient% {{#hero}}");
  });

  it("keeps a sentence about CSS margins unchanged, in any box", async () => {
    const { html } = await mail("> - margin:0 0 20px\n>\n> `margin:0 0 20px;`");
    expect(textContent(html).match(/margin:0 0 20px/g)).toHaveLength(2);
  });

  it("has each slot's token in its place, and no author can type one", async () => {
    const { html, text, slots } = await mail("Words.");
    const forger = await mail(`Words. ${slots.unsubscribeUrl}`);
    expect(slots.unsubscribeUrl).toMatch(/^pr[0-9a-f]{24}$/);
    expect(html).toContain(`href="${slots.unsubscribeUrl}"`);
    expect(html).toContain(`href="${slots.viewUrl}"`);
    expect(text).toContain(`Unsubscribe: ${slots.unsubscribeUrl}\n`);
    expect(text).toContain(`View in browser: ${slots.viewUrl}\n`);
    expect(Object.values(forger.slots)).not.toContain(slots.unsubscribeUrl);
  });

  it("is cut at a block before Gmail would cut it, with a link to the rest and a complete footer", async () => {
    const { html, text, slots } = await mail(
      "## Part\n\nA paragraph of some length, to be read slowly.\n\n".repeat(2_000),
    );
    expect(mailBytes(html)).toBeLessThanOrEqual(98 * 1024);
    expect(html).toContain("Continue reading");
    expect(html).toContain(slots.unsubscribeUrl);
    expect(html).toContain("7 Quiet Lane");
    expect(text.match(/to be read slowly/g)).toHaveLength(2_000);
  });

  it("shows the lead image unless the article has it", async () => {
    const image = { url: "https://room.example.org/img/lead.jpg", alt: "Lead" };
    expect((await mail("Words.", { image })).html.match(/lead\.jpg/g)).toHaveLength(1);
    expect((await mail("![In the text](/img/lead.jpg)", { image })).html.match(/lead\.jpg/g)).toHaveLength(1);
  });

  it("accepts an invalid language, date and address", async () => {
    const { html, language } = await mail("Words.", { language: "not a language", publishedAt: "soon", authors: [] });
    expect(language).toBe("en");
    expect(html).toContain('<html lang="en"');
  });

  it.each([
    ["quotes", ">".repeat(3_000)],
    ["lists", "- ".repeat(3_000)],
    ["elements", `${"<div><blockquote>".repeat(3_000)}x`],
    ["tables", "<table><tr><td>".repeat(500)],
    ["emphasis", `${"*".repeat(3_000)}a${"*".repeat(3_000)}`],
  ])("accepts thousands of %s", async (_, body) => {
    const { html } = await mail(body);
    expect(dangers(html)).toEqual([]);
  });

  it("contains no script, handler, form or unsafe address, for any post", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { maxLength: 12 }), hostile, async (parts, title) => {
        const post = makePost(parts.join(""), { title });
        const { html } = await renderer.email(post, list);
        expect(dangers(html)).toEqual([]);
        // The layout is whole: nothing in the post closed a table around it.
        expect(textContent(html)).toContain("You receive this because");
        expect(parse(html).childNodes.some(hasFooterInTable)).toBe(true);
        expect(dangers(`<!doctype html><body>${(await renderer.feed(post)).html}`)).toEqual([]);
        // In tags only: a tag that is shown as text may have whatever it likes.
        const tags = (await renderer.feed(post)).html.match(/<[^>]*>/g) ?? [];
        expect(tags.join("")).not.toMatch(/ (style|class|id|data-[\w-]+|srcset)=/);
      }),
      { numRuns: 150 },
    );
  });

  it("runs nothing from the current folder's .mjmlconfig", () => {
    const dir = mkdtempSync(join(tmpdir(), "planted-"));
    mkdirSync(join(dir, "evil"));
    writeFileSync(join(dir, ".mjmlconfig"), JSON.stringify({ packages: ["./evil/index.js"] }));
    writeFileSync(join(dir, "evil", "index.js"), 'require("node:fs").writeFileSync(__dirname + "/ran", "");');
    const script = `import { openRenderer } from ${JSON.stringify(`${root}src/render/renderer.ts`)};
      const renderer = await openRenderer({ templatesDir: ${JSON.stringify(templatesDir)}, site: ${JSON.stringify(site)} });
      const { html } = await renderer.email(${JSON.stringify(makePost("Words."))}, { name: "a", title: "A" });
      console.log(html.length > 1000, process.cwd());`;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--conditions=source", "--input-type=module", "-e", script],
      { cwd: dir, encoding: "utf8" },
    );
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^true .*planted-/);
    expect(existsSync(join(dir, "evil", "ran"))).toBe(false);
  });
});

const hostile = fc.oneof(
  fc.constantFrom(
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "[x](javascript:alert(1))",
    "[x](java&#115;cript:alert(1))",
    '<a href="&#1;javascript:alert(1)">x</a>',
    "<a href='data:text/html,x'>x</a>",
    "</mj-text><mj-raw><script>alert(1)</script></mj-raw>",
    "</div></td></tr></table>",
    "</pre></td></table>",
    "<style>* { display: none }</style>",
    "<p style='position:fixed' class=card onclick=x>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>x</script>'></iframe>",
    "<video src=//v.example.org/v.mp4 poster=javascript:x></video>",
    "<form action=x><input type=text name=q><button>Go</button></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!--[if mso]>",
    "<![endif]-->",
    "<table><tr><th>",
    "<b>",
    "<h1>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "\n\n",
    "\n",
    "```\n",
    "    ",
    "| a | b |\n|---|---|\n| c | d |\n",
    "[^1]",
    "\n\n[^1]: note\n\n",
    "> ",
    "- ",
    "# ",
    '![a](x.png "t\\" onload=\\"x")',
    "\0",
    "\u2028",
    "\ud800",
    "{{{sections}}}",
    "$&",
    "$1",
  ),
  fc.string({ maxLength: 8 }),
);

const allowed = /^(https?:|mailto:|tel:|pr[0-9a-f]{24}$)/;
const forbidden = new Set(
  "script iframe form object embed base link input button textarea select svg math video audio template noscript".split(
    " ",
  ),
);

/** What must never be in a mail. */
function dangers(html: string): string[] {
  const found: string[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ("attrs" in node) {
      if (forbidden.has(node.tagName)) found.push(node.tagName);
      for (const { name, value } of node.attrs) {
        if (/^on|srcdoc|srcset|action/.test(name)) found.push(`${node.tagName} ${name}`);
        if (/^(href|src|background|poster)$/.test(name) && !allowed.test(value)) found.push(`${name}=${value}`);
        if (name === "style" && /expression|url\(|position|javascript/i.test(value)) found.push(value);
      }
    }
    if ("childNodes" in node) node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return found;
}

function textContent(html: string): string {
  const visit = (node: DefaultTreeAdapterTypes.Node): string =>
    "value" in node
      ? node.value
      : "childNodes" in node && node.nodeName !== "style"
        ? node.childNodes.map(visit).join("")
        : "";
  return visit(parse(html));
}

/** The reason for the mail stands in the last table, outside the card. */
function hasFooterInTable(node: DefaultTreeAdapterTypes.Node): boolean {
  if (!("childNodes" in node)) return false;
  const classes = "attrs" in node ? (node.attrs.find(({ name }) => name === "class")?.value ?? "") : "";
  if (classes.split(" ").includes("card")) return false;
  if (classes === "muted" && node.nodeName === "td") return node.childNodes.some((child) => "childNodes" in child);
  return node.childNodes.some(hasFooterInTable);
}
