import { beforeAll, describe, expect, it } from "vitest";
import type { Renderer } from "#core/renditions/rendition.ts";
import { linesByKind } from "#render/markdown/source-lines.ts";
import { list, makePost, openTestRenderer, samples } from "./support.ts";

let renderer: Renderer;
beforeAll(async () => {
  renderer = await openTestRenderer();
});

describe("the report on a mail", () => {
  it("has an explanation for every feature that an email client doesn't support, for any post", async () => {
    for (const post of Object.values(samples)) {
      const { clients } = await renderer.fidelity(post, list);
      expect(clients.length).toBeGreaterThan(20);
      expect(clients.filter(({ instead }) => !instead).map(({ feature }) => feature)).toEqual([]);
    }
  });

  it("names what uses a feature, with its lines in the file", async () => {
    const body = "Words.\n\n```js\nconst a = 1;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![x](y.svg)\n";
    const { clients, changes } = await renderer.fidelity(makePost(body, { bodyLine: 7 }), list);
    const wrapped = clients.find(({ feature }) => feature === "white-space");
    expect(wrapped?.elements).toEqual([{ element: "code", lines: [9] }]);
    const spaced = clients.find(({ feature }) => feature === "cellspacing attribute");
    expect(spaced?.elements.map(({ element }) => element)).toContain("table");
    expect(clients.find(({ feature }) => feature === "@media")?.elements).toEqual([]);
    expect(changes).toEqual([]);
  });
});

describe("the lines of elements", () => {
  it("match the source, also inside lists and quotes and after raw HTML", () => {
    const body = [
      "# One",
      "",
      "<div>",
      "<iframe src='x'></iframe>",
      "</div>",
      "",
      "- item `code`",
      "",
      "  ```sh",
      "  ls",
      "  ```",
      "",
      "> quote ![p](q.png)",
      "> and [more](z)",
      "",
      "| a |",
      "| - |",
      "| `b` |",
    ].join("\n");
    expect(Object.fromEntries(linesByKind(body, 11))).toEqual({
      heading: [11],
      player: [14],
      list: [17],
      "inline code": [17, 28],
      code: [19],
      quote: [23],
      picture: [23],
      link: [24],
      table: [26],
    });
  });
});
