/** Each generator's dialect becomes plain Markdown, line for line. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convertDialect } from "#content/dialect/convert.ts";
import { loadPreset, presetNames } from "#content/generators/presets.ts";
import { article, codes, contentOf, type Options, readPost, site } from "./support.ts";

async function converted(preset: string, body: string, options: Options & { path?: string } = {}) {
  const reading = await readPost(article(body), { preset, ...options });
  return { body: reading.post?.body.trimEnd(), codes: codes(reading).filter((code) => !code.startsWith("no-summary")) };
}

type Case = [preset: string, source: string, result: string];

const callouts: Case[] = [
  ["hugo", "{{% note %}}\nMind *the* tide.\n{{% /note %}}", "> [!NOTE]\n> Mind *the* tide.\n"],
  [
    "hugo",
    'A.\n\n{{% alert color="warning" title="Low tide" %}}\nMind it.\n{{% /alert %}}\nB.',
    "A.\n> [!WARNING]\n> **Low tide**  \n> Mind it.\n\nB.",
  ],
  ["hugo", "{{< notice tip >}}\n\nOne.\n\n- two\n{{< /notice >}}", "> [!TIP]\n>\n> One.\n>\n> - two\n"],
  ["hugo", "A.\n\n{{< warning >}}Mind it.{{< /warning >}}\n", "A.\n> [!WARNING]\n> Mind it."],
  ["hexo", "{% note warn %}\nMind it.\n{% endnote %}", "> [!WARNING]\n> Mind it.\n"],
  ["docusaurus", ":::note\n\nMind it.\n\n:::", "> [!NOTE]\n>\n> Mind it.\n>\n"],
  ["docusaurus", "A.\n\n:::tip[Low tide]\nMind it.\n:::", "A.\n> [!TIP]\n> **Low tide**  \n> Mind it.\n"],
  ["astro", "A.\n\n:::caution Low tide\nMind it.\n:::", "A.\n> [!CAUTION]\n> **Low tide**  \n> Mind it.\n"],
  ["docusaurus", "::::danger\n:::note\nDeep.\n:::\n::::", "> [!CAUTION]\n> > [!NOTE]\n> > Deep.\n>\n"],
  ["eleventy", "::: table-wrapper\n| a |\n|---|\n:::", "\n| a |\n|---|\n"],
  ["plain", "> [!NOTE]\n> Mind it.", "> [!NOTE]\n> Mind it."],
  ["plain", "> [!danger]- Low tide\n> Mind it.", "> [!CAUTION] **Low tide**  \n> Mind it."],
  [
    "hugo",
    'A.\n\n{{< notice warning "Low tide" >}}\nMind it.\n{{< /notice >}}',
    "A.\n> [!WARNING]\n> **Low tide**  \n> Mind it.\n",
  ],
  ["hugo", "A.\n{{< warning >}}Mind it.{{< /warning >}}", "A.\n> [!WARNING] Mind it."],
  ["hugo", "{{< hint danger >}}\nMind it.\n{{< /hint >}}", "> [!CAUTION]\n> Mind it.\n"],
  ["jekyll", "A.\n\n> Mind it.\n{: .prompt-tip }", "A.\n> [!TIP]\n> Mind it.\n"],
  ["jekyll", "A.\n\nMind it.\n{: .notice--warning}", "A.\n> [!WARNING]\n> Mind it.\n"],
  ["zola", "{% quote(author='Ada') %}\nMind it.\n{% end %}", "\n> Mind it.\n> — Ada"],
];

const html: Case[] = [
  ["jekyll", '<div markdown="1">\n**Mind** `it`.\n</div>', "<div>\n<strong>Mind</strong> <code>it</code>.\n</div>"],
  ["jekyll", 'A.\n\n<div class="x" markdown="1">\n- one\n</div>', 'A.\n<div class="x">\n\n- one\n</div>'],
  [
    "jekyll",
    '<figure markdown="1">\n![A boat](/a.jpg)\n<figcaption>*Low*</figcaption>\n</figure>',
    '<figure>\n<img src="/a.jpg" alt="A boat">\n<figcaption><em>Low</em></figcaption>\n</figure>',
  ],
  ["jekyll", "<div>\n*as it is*\n</div>", "<div>\n*as it is*\n</div>"],
  [
    "docusaurus",
    "<summary>**Low** [tide](/a)</summary>",
    '<summary><strong>Low</strong> <a href="/a">tide</a></summary>',
  ],
  ["docusaurus", "```html\n<b>\n**x**\n</b>\n```", "```html\n<b>\n**x**\n</b>\n```"],
  ["docusaurus", "\\<Tide /> is text.", "\\<Tide /> is text."],
  [
    "docusaurus",
    '<img src={require("@site/static/a.png").default} alt="A boat" />',
    '<img src="/a.png" alt="A boat" />',
  ],
  ["jekyll", "HTML.\n\n*[HTML]: Hyper Text", "HTML.\n\n"],
  ["jekyll", '{% include image.html url="/a.png" description="A boat" %}', "![A boat](/a.png)"],
  ["plain", "[TOC]\n\nText.", "\n\nText."],
];

const code: Case[] = [
  ["jekyll", "{% highlight ruby %}\nputs {{ 1 }}\n{% endhighlight %}", "```ruby\nputs {{ 1 }}\n```"],
  ["jekyll", "{% highlight md linenos %}\n```\nx\n```\n{% endhighlight %}", "````md\n```\nx\n```\n````"],
  ["hexo", "{% codeblock lang:js mark:2,5 %}\nlet a;\n{% endcodeblock %}", "```js\nlet a;\n```"],
  ["hexo", "Use {% code %}a{% endcode %} here.", "Use `a` here."],
  ["hexo", "1. One\n\n    {% code %}\n    x\n    {% endcode %}", "1. One\n\n    ```\n    x\n    ```"],
  ["hugo", '{{< highlight go "linenos=table" >}}\nx := 1\n{{< /highlight >}}', "```go\nx := 1\n```"],
  ["jekyll", "{% raw %}{{ page.title }}{% endraw %} shows it.", "`{{ page.title }}` shows it."],
  ["jekyll", "```\n{% raw %}\n{{ x }}\n{% endraw %}\n```", "```\n\n{{ x }}\n\n```"],
  ["docusaurus", "```js\n// highlight-next-line\nebb();\n```\n\nText.", "```js\nebb();\n```\n\n\nText."],
  ["hugo", "Write `{{</* note */>}}`.", "Write `{{< note >}}`."],
  ["hugo", '```\n{{< ref "x" >}}\n```', '```\n{{< ref "x" >}}\n```'],
  ["jekyll", "`{{ x }}` and `{% y %}` stay.", "`{{ x }}` and `{% y %}` stay."],
];

const media: Case[] = [
  ["hugo", "{{< gallery >}}\n![A boat](/a.jpg)\n{{< /gallery >}}", "\n![A boat](/a.jpg)\n"],
  ["hexo", "{% gallery %}\n![A boat](/a.jpg)\n{% endgallery %}", "\n![A boat](/a.jpg)\n"],
  ["hugo", "{{< youtube dQw4w9WgXcQ >}}", '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>'],
  [
    "hugo",
    '{{< youtube id="dQw4w9WgXcQ" title="Low water" >}}',
    '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ" title="Low water"></iframe>',
  ],
  ["hugo", "{{% youtube -07emkW8eiM %}}", '<iframe src="https://www.youtube.com/embed/-07emkW8eiM"></iframe>'],
  [
    "jekyll",
    '{% include youtube.html id="dQw4w9WgXcQ" %}',
    '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>',
  ],
  [
    "zola",
    '{{ youtube(id="dQw4w9WgXcQ", autoplay=true) }}',
    '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>',
  ],
  [
    "eleventy",
    '{% youtube "https://youtu.be/dQw4w9WgXcQ" %}',
    '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>',
  ],
  ["hexo", "{% vimeo 123456 %}", '<iframe src="https://player.vimeo.com/video/123456"></iframe>'],
  [
    "hugo",
    "{{< tweet user=ada id=1504757889977798675 >}}",
    "[@ada · x.com](https://x.com/ada/status/1504757889977798675)",
  ],
  ["hugo", "{{< gist ada 0123abcd >}}", "[gist.github.com/ada/0123abcd](https://gist.github.com/ada/0123abcd)"],
  ["hugo", '{{< figure src="/a b.png" alt="A boat" >}}', "![A boat](/a%20b.png)"],
  [
    "hugo",
    '{{< figure src="/a.png" alt="A" caption="A <boat>" >}}',
    '<figure><img src="/a.png" alt="A"><figcaption>A &lt;boat&gt;</figcaption></figure>',
  ],
  ["hexo", "{% asset_img boat.png A boat %}", "![A boat](boat.png)"],
  ["hexo", '{% img left /images/boat.png 300 200 "A boat" %}', "![A boat](/images/boat.png)"],
  ["hexo", "{% link Tides https://example.org/tides %}", "[Tides](https://example.org/tides)"],
  ["hugo", '{{< gallery match="images/*"\nrowHeight="150" >}}\nEnd.', "\n\nEnd."],
  ["eleventy", "::: figure A boat\n![B](/b.png)\n:::", "\n![B](/b.png)\n*A boat*"],
];

const jsx: Case[] = [
  ["astro", "import A from 'a';\nexport const b = 1;\n\nText.", "\n\n\nText."],
  ["astro", "import hero from '/img/hero.png';\n\n<Image src={hero} alt=\"A boat\" />", "\n\n![A boat](/img/hero.png)"],
  ["astro", '<Aside type="caution" title="Low">\nMind it.\n</Aside>', "> [!CAUTION] **Low**  \n> Mind it.\n"],
  ["astro", 'A.\n\n<Aside type="tip">\nMind it.\n</Aside>', "A.\n\n> [!TIP]\n> Mind it.\n"],
  ["astro", '<Tabs>\n<TabItem label="One">\n\nFirst.\n\n</TabItem>\n</Tabs>', "\n**One**  \n\nFirst.\n\n\n"],
  ["astro", "A {/* hidden */}comment.", "A comment."],
  ["astro", "Start.\n\n{/* truncate */}\n\nRest.", "Start.\n\n<!-- truncate -->\n\nRest."],
  ["astro", "A{' '}B and {\"C\"}.", "A B and C."],
  ["astro", '<div style={{color: "red"}} className="a">\nText.\n</div>', '<div class="a">\nText.\n</div>'],
  ["astro", "```js\nimport a from 'a';\n<Foo />\n```", "```js\nimport a from 'a';\n<Foo />\n```"],
  ["astro", '<YouTube id="dQw4w9WgXcQ" />', '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>'],
];

const marks: Case[] = [
  ["plain", "## Depth {#depth}\n\n### The `x` part {#x .wide}", "## Depth\n\n### The `x` part"],
  ["jekyll", 'A boat.\n{: .center}\n\n* TOC\n{:toc}\n\n[a](/b){:target="_blank"}', "A boat.\n\n\n\n\n\n[a](/b)"],
  [
    "jekyll",
    "Ebb\n: The tide goes out.\n: The sea is low.\n\nText: done.",
    "**Ebb**  \nThe tide goes out.  \nThe sea is low.\n\nText: done.",
  ],
  ["jekyll", "{::comment}\nhidden\n{:/comment}\nText.", "\n\n\nText."],
  ["eleventy", "![A](/a.png){ .wide }", "![A](/a.png)"],
  [
    "plain",
    "Ahoy :tada: :+1: but 10:30:45 and `:tada:` and :nosuchthing:",
    "Ahoy 🎉 👍 but 10:30:45 and `:tada:` and :nosuchthing:",
  ],
  ["docusaurus", "![A](@site/static/img/a.png)", "![A](/img/a.png)"],
  [
    "jekyll",
    "[x]({{ site.url }}/a) [y]({{ '/b' | relative_url }}) [z]({{ site.baseurl }}/c)",
    "[x](https://tide.example.org/a) [y](/b) [z](/c)",
  ],
  ["jekyll", '{% assign depth = "7 m" %}\nIt is {{ depth }} deep.', "\nIt is 7 m deep."],
  ["jekyll", "{% comment %}\nhidden\n{% endcomment %}\nText.", "\n\n\nText."],
];

describe.each(Object.entries({ callouts, html, code, media, marks }))("The dialects' %s", (_, cases) => {
  it.each(cases)("in %s: %j", async (preset, source, result) => {
    const { body, codes: found } = await converted(preset, `\n${source}`);
    expect(body).toBe(`\n${result}`.trimEnd());
    expect(found.filter((code) => !/^(missing-alt|left-out)/.test(code))).toEqual([]);
  });
});

describe("MDX", () => {
  it.each(jsx)("in %s: %j", async (preset, source, result) => {
    const { body, codes: found } = await converted(preset, source, { path: "2026-05-04-a.mdx" });
    expect(body).toBe(result.trimEnd());
    expect(found).toEqual([]);
  });

  it("has no meaning in a plain Markdown file, unless the generator reads such files as MDX", async () => {
    expect((await converted("astro", "<Foo /> is here.")).codes).toEqual(["unknown-tag:5"]);
    expect((await converted("docusaurus", "<Foo /> is here.")).codes).toEqual(["unknown-shortcode:5"]);
  });

  it("reports an expression that shows", async () => {
    const { codes: found } = await converted("astro", "Since {new Date().getFullYear()}.", {
      path: "a.mdx",
      preset: "astro",
    });
    expect(found).toEqual(["mdx-expression:5"]);
  });
});

describe("Unknown syntax", () => {
  it.each([
    ["hugo", "Text.\n\n{{< chart tides >}}", "unknown-shortcode:7"],
    ["hugo", 'Text.\n\n{{% include "part.md" %}}', "unknown-shortcode:7"],
    ["jekyll", "Text.\n\n{% include tides.html %}", "unknown-shortcode:7"],
    ["zola", 'Text.\n\n{{ chart(of="tides") }}', "unknown-shortcode:7"],
    ["docusaurus", "Text.\n\n<Chart of={tides}\n  wide />", "unknown-shortcode:7"],
    ["hugo", "Text.\n\n{{< youtube >}}", "unknown-shortcode:7"],
    ["hugo", "Text.\n\n{{< figure >}}", "unknown-shortcode:7"],
  ])("holds the post and names the line: %s %j", async (preset, source, expected) => {
    const reading = await readPost(article(source), { preset });
    expect(codes(reading).filter((each) => !each.startsWith("no-summary"))).toEqual([expected]);
    expect(reading.post?.status).toBe("held");
  });

  it("stays visible and holds the post back if it is Liquid data", async () => {
    const { codes: found } = await converted("jekyll", "Ruby {{ release.version }} is out.");
    expect(found).toEqual(["template-syntax:5"]);
  });

  it("keeps its content if it is a directive, with a warning", async () => {
    const { body, codes: found } = await converted("plain", ":::tides\nText.\n:::");
    expect(body).toBe("\nText.");
    expect(found).toEqual(["unknown-directive:5"]);
  });

  it("gets a meaning from the site's own configuration", async () => {
    const handlers = { chart: "drop", "post-image": "image", Tides: "note" } as const;
    expect((await converted("hugo", "A.\n\n{{< chart tides >}}", { handlers })).codes).toEqual([]);
    const { body } = await converted("jekyll", '{% include post-image.html src="/a.png" alt="A" %}', { handlers });
    expect(body).toBe("![A](/a.png)");
  });

  it("gets a value from the site's own configuration", async () => {
    const variables = { "site.repository": "https://git.example.org/tides" };
    const { body, codes: found } = await converted("jekyll", "[a]({{ site.repository }}/issues) {{ site.other }}", {
      variables,
    });
    expect(body).toBe("[a](https://git.example.org/tides/issues) {{ site.other }}");
    expect(found).toEqual(["template-syntax:5"]);
  });

  it("is replaced if it is in the post's own front matter", async () => {
    const text = `---\ntitle: Ebb\ndate: 2026-05-04\ndepth: 7\nmore: { a: b }\n---\n{{ page.depth }} and {{ depth }} m, {{ "a b" | urlencode }}, {{ page.more }}\n`;
    const { post } = await readPost(text, { preset: "eleventy" });
    expect(post?.body.trim()).toBe("7 and 7 m, a%20b, {{ page.more }}");
  });

  it("is only a warning if the site configures this", async () => {
    const reading = await readPost(article("A long text.\n\n{{< chart >}}"), {
      preset: "hugo",
      checks: { "unknown-shortcode": "warning" },
    });
    expect(reading.post?.status).toBe("ready");
    expect(reading.post?.body).not.toContain("chart");
  });
});

describe("Links to other posts", () => {
  const files = {
    "2026-05-01-high.md": "---\ntitle: High\nslug: high-water\n---\nText.",
    "bundle/index.md": "---\ntitle: Bundle\ndate: 2026-05-02\n---\nText.",
  };
  it.each([
    ["docusaurus", "[a](./2026-05-01-high.md#part)", "[a](https://tide.example.org/blog/high-water#part)"],
    ["docusaurus", "[a][1]\n\n[1]: ./2026-05-01-high.md", "[a][1]\n\n[1]: https://tide.example.org/blog/high-water"],
    ["hugo", '[a]({{< ref "bundle" >}})', "[a](https://tide.example.org/posts/bundle/)"],
    ["hugo", '[a]({{< relref "bundle/index.md#x" >}})', "[a](https://tide.example.org/posts/bundle/#x)"],
    ["jekyll", "[a]({% post_url 2026-05-01-high %})", "[a](https://tide.example.org/2026/05/01/high-water.html)"],
    ["jekyll", "[a]({% link _posts/2026-05-01-high.md %})", "[a](https://tide.example.org/2026/05/01/high-water.html)"],
    ["hexo", "{% post_link high The tide %}", "[The tide](https://tide.example.org/2026/05/01/high-water/)"],
  ])("in %s: %s", async (preset, source, result) => {
    const content = contentOf({ ...files, "2026-05-04-low.md": article(source) }, { preset });
    const { post, sources } = await content.read("2026-05-04-low.md");
    expect(post?.body.trimEnd()).toBe(result);
    expect(sources?.length).toBeGreaterThan(0);
  });

  it("to missing posts hold the post back", async () => {
    const reading = await readPost(article("Text.\n\n[a](./gone.md)"), { preset: "docusaurus" });
    expect(codes(reading)).toContain("dead-post-link:7");
    expect(reading.post?.status).toBe("held");
  });

  it("never leave the content folder", async () => {
    const reading = await readPost(article("[a](../../../../etc/passwd.md)"), { preset: "docusaurus" });
    expect(codes(reading)).toContain("dead-post-link:5");
  });
});

describe("Images that the generator hides", () => {
  it("are left out and reported", async () => {
    const { body, codes: found } = await converted("astro", "Text.\n\n![A boat](./boat.png) and ![B](~/assets/b.png)");
    expect(body).toBe("Text.\n\n and");
    expect(found).toEqual(["hidden-image:7", "hidden-image:7"]);
  });
});

describe("Any text", () => {
  const pieces = fc.constantFrom(
    ..."{{< note >}} {{< /note >}} {{% tip %}} {{% /tip %}} {% highlight %} {% endhighlight %} {% raw %} {% endraw %} {{ x }} {{ a(b=1) }} {% end %} <Tabs> </Tabs> <Tabs/> ::: :::note ::::tip ``` ~~~ ` {: .a} {#a} [a](b.md) ![a](./b.png) :tada: import export {/* {* } { < > \\ \n \n\n \t > - 1. # <!-- --> \ufdd0 \ufdd1".split(
      " ",
    ),
    "\n",
    "    ",
  );
  it("keeps its number of lines in every dialect", () => {
    const dialects = presetNames().map((name) => loadPreset(name));
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 50 }), (parts) => {
        const text = parts.join("");
        for (const preset of dialects) {
          const { body, diagnostics } = convertDialect(text, {
            preset,
            site,
            data: {},
            isMdx: true,
            postAddress: () => null,
          });
          expect(body.split("\n").length).toBe(text.split("\n").length);
          for (const { line } of diagnostics) expect(line).toBeLessThanOrEqual(text.split("\n").length);
          expect(body).not.toMatch(/[\ufdd0-\ufdd2]/);
        }
      }),
      { numRuns: 300 },
    );
  });
});
