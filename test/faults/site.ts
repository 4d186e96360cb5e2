/** What the workers of the rounds are told: the site's settings and its posts. */

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Relay {
  host: string;
  port: number;
}

export interface Site {
  /** The settings with this relay, spoken to in this way. */
  config(relay: Relay, secure: boolean): string;
  /** The post of a round. */
  post(number: number): string;
}

export function openSiteFiles(dir: string): Site {
  mkdirSync(join(dir, "content/posts"), { recursive: true });
  return {
    config(relay, secure) {
      const file = join(dir, `${relay.host}-${secure ? "tls" : "plain"}.yaml`);
      if (!existsSync(file)) writeFileSync(file, settings(relay, secure));
      return file;
    },
    post(number) {
      const file = join(dir, `content/posts/round-${number}.md`);
      const text = "What goes wrong, **goes wrong here**.\n\n".repeat(20);
      if (!existsSync(file)) writeFileSync(file, `---\ntitle: Round ${number}\ndate: 2026-01-05\n---\n\n${text}`);
      return file;
    },
  };
}

function settings({ host, port }: Relay, secure: boolean): string {
  const login = secure ? "ada:secret@" : "";
  return `site: { title: A Blog, url: "https://example.org", postalAddress: "7 Quiet Lane, Example" }
server: { url: "https://news.example.org" }
channels:
  newsletter: { adapter: smtp, url: "smtp://${login}${host}:${port}", requireTls: ${secure}, from: "A Blog <news@example.org>", list: everyone, timeoutSeconds: 2 }
`;
}
