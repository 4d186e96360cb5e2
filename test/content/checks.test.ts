import { describe, expect, it } from "vitest";
import { isPlaceholder } from "#content/checks/placeholder.ts";
import { rules } from "#content/rules.ts";
import { article, codes, readPost } from "./support.ts";

/** Bodies that break a rule on their second line, which is line 6 of the file. */
const broken: [code: string, body: string][] = [
  ["template-syntax", "\nWritten by {{ page.author }} last week."],
  ["template-syntax", "\n{{< chart tides >}}"],
  ["template-syntax", "\n[The chart]({{ site.url }}/chart)"],
  ["template-syntax", "\n![A chart]({{ site.url }}/chart.png)"],
  ["unresolved-reference", "\nSee [the chart][tides] for more."],
  ["broken-link", "\nSee [the chart](the tide chart) for more."],
  ["placeholder", "\nSee [the chart](ADD LINK TO THE CHART)."],
  ["placeholder", "\nSee [the chart](TODO)."],
  ["placeholder", "\nSee [the chart](link-here)."],
  ["todo", "\nTODO: say how deep it is."],
  ["todo", "\nThe depth is [TBD]."],
  ["todo", "\nLorem ipsum dolor sit amet."],
  ["broken-comment", "\nText <!- more -> text."],
  ["unspaced-heading", "\n#How the harbour works"],
  ["link-without-scheme", "\n[The chart](www.example.org/chart)"],
  ["link-without-scheme", "\n[The chart](example.org)"],
  ["link-without-scheme", "\n[Ada](ada@example.org)"],
  ["link-without-scheme", "\n[Ada](@ada)"],
  ["malformed-scheme", "\n[The chart](ttps://example.org)"],
  ["malformed-scheme", "\n[The chart](https//example.org)"],
  ["malformed-scheme", "\n[The chart](https:///example.org)"],
  ["malformed-scheme", "\n[The chart](http://https://example.org)"],
  ["malformed-scheme", "\n[Ada](mail-to:ada@example.org)"],
  ["bracketed-link", "\n[The chart]([https://example.org])"],
  ["empty-link", "\n[The chart]()"],
  ["empty-link", "\n[The chart](#)"],
  ["local-link", "\n[The chart](http://localhost:3000/chart)"],
  ["local-link", "\n[The chart](http://192.168.1.7/chart)"],
  ["local-link", "\n[The chart](localhost:3000)"],
  ["local-link", "\n[The chart](file:///home/ada/chart.html)"],
  ["local-link", "\n<a href='http://nas.local/chart'>chart</a>"],
  ["literal-alt", "\n![alt text](/a.png)"],
  ["missing-alt", "\n![](/a.png)"],
  ["missing-alt", '\n<img src="/a.png">'],
  ["body-h1", "\n# A second title"],
  ["unknown-tag", "\nSet <POWERPROFILE> to low."],
];

/** Bodies that look like it and are fine. */
const fine: string[] = [
  "Write `{{ page.author }}` and `[a][b]` for that.",
  "```\n{{< chart >}}\nTODO: x\n<POWERPROFILE>\n```",
  "A set {{}} and a range {1}.",
  "[a][b]\n\n[b]: https://example.org",
  "Escaped \\[a](b c) stays.",
  "All of my todos are done, and so is the to-do list.",
  "A comment <!-- more --> is fine.",
  "#harbour #tides",
  "#1 of the list is fine.",
  "[Chart](/chart) [part](#part) [up](../up/) [file](setup.sh) [Ada](mailto:ada@example.org) [call](tel:123)",
  "<https://example.org> and https://example.org/a?b=c#d are fine.",
  "Open http://localhost:3000 in your browser.",
  '<img src="/a.png" alt="">',
  "## A section\n\n### A part",
  "If a < b and c > d, then x<y.",
  "Use &lt;POWERPROFILE&gt; or \\<POWERPROFILE>.",
  "The glob **/*.md, 2**3 and 4**5, \\*\\*not bold\\*\\* and **bold**.",
  "Press <kbd>Esc</kbd>.",
];

/** Each kind of markup that only some generators know: what is found of it, and what looks like it and is none. */
const foreign: [kind: string, found: [body: string, mark: string][], none: string[]][] = [
  ["directives of blocks", [["- :::tide low\n  Text.", ":::tide"]], ["Say::: it", "a :::b"]],
  ["directives of lines", [["::film[The tide]{#a}", "::film"]], ["std::vector[1]", "::1 is an address"]],
  ["numbered lists of reStructuredText", [["#. First", "#. "]], ["#.5 of it", "Item #. Next"]],
  [
    "attributes of kramdown",
    [
      ["A boat.\n{: .center}", "{: .center}"],
      ["A boat {::nomarkdown} here.", "{::nomarkdown}"],
    ],
    ["A pair {: } of braces.", "A face :{ and :}"],
  ],
  [
    "classes in braces",
    [["A boat {.wide} here.", "{.wide}"]],
    ["A set {.} or {.5} of it", "Write `{.wide}` for that."],
  ],
  ["ids in braces", [["A boat {#boat} here.", "{#boat}"]], ["A set {#} of marks", "Number {# 1}"]],
  [
    "footnotes without a note",
    [["See it[^1] there.", "[^1]"]],
    ["See it[^1] there.\n\n[^1]: Here.", "A class [^ 1] too"],
  ],
  ["footnotes in place", [["See it^[from the pier] there.", "^[from the pier]"]], ["x^[2] and ^[] are sums"]],
  [
    "links of wikis",
    [
      ["See [[Some Note]] for more.", "[[Some Note]]"],
      ["See [[Ebbe und Flut|the tide]].", "[[Ebbe und Flut|the tide]]"],
      ["[[Überblick]]", "[[Überblick]]"],
      ["As [[潮の表]] says.", "[[潮の表]]"],
      ["As [[2026-05-04]] says.", "[[2026-05-04]]"],
    ],
    ["A matrix [[1, 2]] and a[[0]]", "[[1, 2], [3, 4]]", "Write `[[Some Note]]` for that.", "An empty [[]]", "[[{x}]]"],
  ],
  ["pictures of wikis", [["![[image.png]]", "![[image.png]]"]], ["Stop![[1]]", "![A boat](/image.png)"]],
  [
    "admonitions of MkDocs",
    [
      ['!!! note "Low water"', "!!! note"],
      ["???+ tip", "???+ tip"],
    ],
    ["What!!! now", "!!! 3", "??? Who knows"],
  ],
  [
    "highlighting",
    [
      ["The tide is ==very== low.", "==very=="],
      ["==潮== と", "==潮=="],
    ],
    ["a == b and c == d", "a==b==c", "é==x==y", "潮==x==y", "a === b === c"],
  ],
  [
    "comments of Obsidian",
    [["Low %%check this%% water.", "%%check this%%"]],
    ["Paid 20%%, then 30%%.", "5%% of it", "%%%a%%%"],
  ],
  ["embeds in brackets", [["@[youtube](abc)", "@[youtube]("]], ["[youtube](/abc)", "Mail ada@[127.0.0.1]"]],
];

describe("Markup of a generator or an editor", () => {
  it.each(foreign)("is found: %s", async (_, found, none) => {
    for (const [body, mark] of found) {
      const { diagnostics } = await readPost(article(`\n${body}`));
      const [first] = diagnostics.filter(({ code }) => code === "generator-syntax");
      expect(first?.message, body).toContain(`"${mark}"`);
    }
    for (const body of none) {
      const found = codes(await readPost(article(`\n${body}`)));
      expect(
        found.filter((code) => code.startsWith("generator-syntax")),
        body,
      ).toEqual([]);
    }
  });
});

describe("A body that breaks a rule", () => {
  it.each(broken)("is reported by %s: %j", async (code, body) => {
    const { diagnostics } = await readPost(article(body));
    const found = diagnostics.filter((each) => each.code === code);
    expect(found, JSON.stringify(diagnostics)).toHaveLength(1);
    expect(found[0]?.line).toBe(6);
    expect(found[0]?.message.length).toBeGreaterThan(20);
  });

  it.each(fine)("is not found where there is none: %j", async (body) => {
    expect(codes(await readPost(article(`\n${body}`))).filter((code) => !code.startsWith("no-summary"))).toEqual([]);
  });

  it("gets at most a hundred findings of a kind", async () => {
    const { diagnostics } = await readPost(article("![](/a.png)\n\n".repeat(500)));
    expect(diagnostics.filter(({ code }) => code === "missing-alt")).toHaveLength(100);
  });

  it("has its findings in the order of the lines", async () => {
    const { diagnostics } = await readPost(article("![](/a.png)\n\n[b]()\n\n![](/c.png)\n\n{{ d }}"));
    const lines = diagnostics.map(({ line }) => line);
    expect(lines).toEqual([...lines].sort((one, other) => one - other));
  });
});

describe("A placeholder", () => {
  it.each(["TODO", "tbd", "ADD LINK TO THE DOCS", "LINK TO DOCS?!", "link", "url", "insert-link-here", "#TODO", "xxx"])(
    "is %j",
    (target) => expect(isPlaceholder(target)).toBe(true),
  );
  it.each(["LICENSE", "/todo-app/", "https://example.org/link", "links.md", "README.md", "x", "A".repeat(500)])(
    "isn't %j",
    (target) => expect(isPlaceholder(target)).toBe(false),
  );
});

describe("The table of rules", () => {
  it("has a lower-case code and a sentence for each", () => {
    for (const [code, { about, severity }] of Object.entries(rules)) {
      expect(code).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(about).toMatch(/^[A-Z].*\.$/);
      expect(severity).toMatch(/^(error|warning)$/);
    }
  });
});
