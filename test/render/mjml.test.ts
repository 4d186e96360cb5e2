/** MJML, of which only what most mails need is loaded at once. */

import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { mjmlToHtml } from "#render/email/mjml.ts";

const source = (head: string) => ({
  text: `<mjml><mj-head>${head}</mj-head><mj-body><mj-section><mj-column><mj-text css-class="word">Hi</mj-text></mj-column></mj-section></mj-body></mjml>`,
  origin: (line: number) => ({ file: "post.mjml", line }),
});

describe("MJML", () => {
  it("inlines styles if a template asks for it, and adds attributes", async () => {
    const html = await mjmlToHtml(
      source(
        '<mj-html-attributes><mj-selector path=".word div"><mj-html-attribute name="data-word">42</mj-html-attribute></mj-selector></mj-html-attributes>' +
          '<mj-style inline="inline">.word div { letter-spacing: 3px; }</mj-style>',
      ),
    );
    expect(/<div[^>]*>Hi/.exec(html)?.[0]).toMatch(/letter-spacing: 3px.*data-word="42"/);
  });

  it("does not load packages that a plain email does not need", () => {
    const program = `
      import { createRequire } from "node:module";
      const { mjmlToHtml } = await import("#render/email/mjml.ts");
      await mjmlToHtml({ text: ${JSON.stringify(source("").text)}, origin: () => ({}) });
      const files = Object.entries(createRequire(import.meta.url).cache).filter(([, { filename }]) => filename);
      console.log(files.filter(([name]) => /node_modules.(juice|cheerio|htmlnano|undici|js-beautify)./.test(name)).length);`;
    const args = ["--conditions=source", "--input-type=module", "--eval", program];
    expect(execFileSync(process.execPath, args, { encoding: "utf8" }).trim()).toBe("0");
  });
});
