import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { type LinkCheck, openLinkCheck } from "#content/checks/dead-links.ts";
import { withDeadline } from "#content/folder/deadline.ts";
import { readOutline } from "#render/markdown/outline.ts";
import { article, postOf } from "./support.ts";

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function deadLinks(body: string, options: LinkCheck = {}): Promise<string[]> {
  const check = openLinkCheck(readOutline, { send: fetch, timeoutMs: 2_000, ...options });
  const found = await check(await postOf(article(body)), new AbortController().signal);
  return found.map(({ code, line, message }) => `${code}:${line} ${/answers \d+|doesn't exist/.exec(message)?.[0]}`);
}

describe("The check for dead links", () => {
  it("reports pages that are gone, with their lines, and nothing uncertain", async () => {
    const base = await serve(({ url }, response) => {
      const status = Number(/\d{3}/.exec(url ?? "")?.[0] ?? 200);
      response.writeHead(status, status === 302 ? { location: "/404-moved" } : {}).end();
    });
    const body = ["200", "404", "410", "403", "429", "500", "302", "200#part"].map(
      (path) => `[${path}](${base}/${path})`,
    );
    expect(await deadLinks(body.join("\n"))).toEqual([
      "dead-link:6 answers 404",
      "dead-link:7 answers 410",
      "dead-link:11 answers 404",
    ]);
  });

  it("uses GET if HEAD is not supported, and requests each address once", async () => {
    const asked: string[] = [];
    const base = await serve(({ method, url }, response) => {
      asked.push(`${method} ${url}`);
      response.writeHead(method === "HEAD" ? 405 : 404).end();
    });
    expect(await deadLinks(`[a](${base}/a) [b](${base}/a#b)`)).toHaveLength(2);
    expect(asked).toEqual(["HEAD /a", "GET /a"]);
  });

  it("gives up after a circle of redirects or no answer", async () => {
    const base = await serve(({ url }, response) => {
      if (url === "/circle") response.writeHead(302, { location: "/circle" }).end();
    });
    expect(await deadLinks(`[a](${base}/circle) [b](${base}/silent)`, { timeoutMs: 200 })).toEqual([]);
  });

  it("never sends a request into the private network, by address, name or redirect", async () => {
    let asked = 0;
    const base = await serve((_, response) => {
      asked++;
      response.writeHead(404).end();
    });
    const port = new URL(base).port;
    const body = `[a](${base}/a) [b](http://localhost:${port}/b) [c](http://[::1]:${port}/c) [d](http://2130706433:${port}/)`;
    const check = openLinkCheck(readOutline, { timeoutMs: 1_000 });
    expect(await check(await postOf(article(body)), new AbortController().signal)).toEqual([]);
    expect(asked).toBe(0);
  });

  it("limits the number of simultaneous requests", async () => {
    let now = 0;
    let most = 0;
    const base = await serve((_, response) => {
      most = Math.max(most, ++now);
      setTimeout(() => {
        now--;
        response.writeHead(200).end();
      }, 20);
    });
    const body = Array.from({ length: 12 }, (_, index) => `[x](${base}/${index})`).join("\n");
    await deadLinks(body, { parallel: 3 });
    expect(most).toBe(3);
  });
});

describe("The deadline", () => {
  it("stops work that takes too long, and returns results that come in time", () => {
    expect(withDeadline(() => 7)).toBe(7);
    const begun = performance.now();
    const endless = () => {
      for (let index = 0; ; index++) if (index < 0) return index;
    };
    expect(withDeadline(endless, 100)).toBeNull();
    expect(withDeadline(() => /^(a+)+$/.test(`${"a".repeat(60)}b`), 100)).toBeNull();
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(withDeadline(() => "again")).toBe("again");
  });

  it("passes errors on", () => {
    expect(() =>
      withDeadline(() => {
        throw new TypeError("mine");
      }),
    ).toThrow(TypeError);
  });
});
