/** A contributor's post in the comment that the plan is on a pull request. */

import { marked, type Token } from "marked";
import { expect, it } from "vitest";
import { planMarkdown } from "#cli/reports/plans/plan-markdown.ts";
import type { PublishPlan } from "#core/publishing/plan.ts";

const traps = [
  "@everybody [link](https://evil.example) ![](https://evil.example/p.png)",
  "` [link](https://evil.example)",
  "``` ` `` [link](https://evil.example) ```",
  "one | ![](https://evil.example/p.png) | `two` \\| three",
  "`|` ![](https://evil.example/p.png) `|`",
  "line\n\n# Approved\n\n<!-- postrider-plan e30= -->\n<img src=x>",
  "```\n</details><script>x</script>\n~~~\n[link](https://evil.example)",
  "\\` [link](https://evil.example) \\",
  "https://evil.example www.evil.example",
];

it.each(traps)(
  "The comment shows %j as it is: no link, picture, heading or HTML of a post's gets there",
  async (trap) => {
    const channel = {
      ...{ channel: trap, adapter: "outbox", medium: "note", action: "send", subject: trap, text: trap },
      audience: { recipients: 2, excluded: {} },
    };
    const diagnostic = { severity: "warning", path: trap, line: 1, code: trap, message: trap };
    const post = { title: trap, url: trap, path: trap, status: "ready", checks: [diagnostic], channels: [channel] };
    const plan = { hash: "0123456789abcdef", posts: [post] } as unknown as PublishPlan;
    const unreadable = [{ path: trap, diagnostics: [diagnostic] }] as never;
    const text = await planMarkdown(plan, { unreadable, countOf: async () => ({ count: 1, limit: 500 }) });
    const tokens = everyToken(marked.lexer(text));
    const html = tokens.filter(({ type }) => type === "html").map(({ raw }) => raw.trim());
    expect(html).toEqual([expect.stringMatching(/^<!-- postrider-plan [A-Za-z0-9+/=]+ -->$/)]);
    expect(tokens.map(({ type }) => type).filter((type) => /^(?:link|image|del|strong|em)$/.test(type))).toEqual([]);
    expect(tokens.filter(({ type }) => type === "heading")).toHaveLength(3);
    // It is there, in each place where it belongs.
    const codes = tokens
      .filter(({ type }) => type === "codespan")
      .map((token) => plain("text" in token ? token.text : ""));
    expect(codes.filter((code) => code === plain(trap)).length).toBeGreaterThan(5);
  },
);

/** Without spaces, and without the backslashes before bars in a table. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, "").replaceAll(/\\+\|/g, "|");
}

function everyToken(tokens: readonly Token[]): Token[] {
  const all: Token[] = [];
  marked.walkTokens([...tokens], (token) => void all.push(token));
  return all;
}
