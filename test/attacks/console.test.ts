/** A contributor's post in the browser of whoever looks at it in the console. */

import { parse } from "parse5";
import { beforeAll, describe, expect, it } from "vitest";
import { type ConsoleSite, openConsoleSite, type Visitor } from "../support/console.ts";

let site: ConsoleSite;
let ada: Visitor;

const trap = `"><script>steal()</script><img src=x onerror=steal()>`;
const name = "it's<b onclick=x>.md";
const text = `---
title: ${JSON.stringify(trap)}
description: ${JSON.stringify(trap)}
tags: [${JSON.stringify(trap)}]
date: 2026-01-01
unknown"><script>steal()</script>: 1
---
Text ${trap}

<script>steal()</script><form action="/console/sign-out" method="post"><button>Press</button></form>

<a href="javascript:steal()">link</a> [link](javascript:steal()) ![](x" onerror="steal())

\`\`\`html"><script>steal()</script>
${trap}
\`\`\`
`;
const page = `/console/posts/${encodeURIComponent(name)}`;

beforeAll(async () => {
  site = await openConsoleSite("", { workers: false });
  site.write(`content/posts/${name}`, text);
  await site.app.subscribers.add([{ address: "ann@example.org", name: trap }], { list: "everyone", source: trap });
  ada = await site.signIn("ada");
  return () => site[Symbol.asyncDispose]();
});

describe("A contributor's post in the console", () => {
  it.each([
    "/console/posts",
    `/console/posts?text=${encodeURIComponent(trap)}`,
    page,
    `${page}/preview`,
    `${page}/publish`,
    `/console/posts/${encodeURIComponent(trap)}`,
  ])("is text on the page %s: no element, attribute or address of it gets there", async (path) => {
    const { html, headers } = await ada.get(path);
    expect(html).toContain("steal()");
    expect(active(html)).toEqual([]);
    expect(headers.get("content-security-policy")).not.toContain("unsafe");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it.each(["email-light.html", "email-dark.html", "social.html", "feed.xml", "email.txt"])(
    "can run nothing in the preview %s, also when it is opened alone",
    async (file) => {
      const { status, html, headers } = await ada.get(`${page}/preview/${file}`);
      expect(status).toBe(200);
      expect(headers.get("content-security-policy")).toMatch(/^sandbox; default-src 'none';/);
      expect(headers.get("content-security-policy")).not.toMatch(/allow-|script-src|'unsafe-eval'/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      if (file.endsWith(".html")) expect(active(html)).toEqual([]);
      else expect(headers.get("content-type")).toMatch(/^text\/plain/);
    },
  );
});

interface Found {
  tagName?: string;
  attrs?: { name: string; value: string }[];
  childNodes?: Found[];
}

/** What a browser would run: scripts that are not files of ours, handlers, and addresses of code; and forms that lead elsewhere. */
function active(html: string): string[] {
  const found: string[] = [];
  const look = ({ tagName = "", attrs = [], childNodes = [] }: Found): void => {
    const value = (wanted: string): string => attrs.find((each) => each.name === wanted)?.value ?? "";
    if (tagName === "script" && !/^\/console\/assets\/[\w./]+$/.test(value("src"))) found.push("script");
    if (tagName === "form" && !value("action").startsWith("/console/")) found.push(`form ${value("action")}`);
    for (const each of attrs) {
      if (each.name.startsWith("on")) found.push(`${tagName} ${each.name}`);
      if (/^\s*(?:javascript|vbscript):/i.test(each.value)) found.push(`${tagName} ${each.name}=${each.value}`);
    }
    childNodes.forEach(look);
  };
  look(parse(html) as Found);
  return found;
}
