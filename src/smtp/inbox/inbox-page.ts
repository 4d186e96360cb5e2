/** The inbox as HTML files that open in any browser, without a server. */

import { readFile } from "node:fs/promises";
import PostalMime from "postal-mime";
import { escapeHtml } from "#core/posts/html.ts";

export interface KeptMail {
  from: string;
  to: string;
  subject: string;
  date: string;
  html: string;
  text: string;
  bytes: number;
}

export interface ListedMail extends KeptMail {
  file: string;
  page: string;
}

export async function readMail(path: string): Promise<KeptMail> {
  const source = await readFile(path);
  const mail = await PostalMime.parse(source);
  const [to] = mail.to ?? [];
  return {
    from: mail.from?.name || mail.from?.address || "",
    to: to?.address ?? "",
    subject: mail.subject ?? "",
    date: (mail.date ?? "").replace("T", " ").slice(0, 16),
    html: mail.html ?? "",
    text: mail.text ?? "",
    bytes: source.length,
  };
}

/** The email's HTML, or its text if it has no HTML. */
export function mailPage({ html, text }: KeptMail): string {
  return html || `<!doctype html><meta charset="utf-8"><pre>${escapeHtml(text)}</pre>`;
}

/** A list on the left and the email on the right; on a narrow screen the list is above. Works without scripts. */
export function inboxPage(mails: readonly ListedMail[]): string {
  const rows = mails
    .map(
      ({ page, file, to, subject, date, bytes }) => `<li>
<a href="${attribute(page)}" target="mail"><b>${escapeHtml(to)}</b><span>${escapeHtml(subject)}</span></a>
<small>${escapeHtml(date)} · ${Math.ceil(bytes / 1024)} KB · <a href="${attribute(file)}">source</a></small>
</li>`,
    )
    .join("\n");
  const first = mails[0] ? ` src="${attribute(mails[0].page)}"` : "";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Inbox · ${mails.length} ${mails.length === 1 ? "mail" : "mails"}</title>
<style>${style}</style>
</head>
<body>
<nav aria-label="Mails">
<h1>Inbox <small>${mails.length} ${mails.length === 1 ? "mail" : "mails"}</small></h1>
<ol>
${rows}
</ol>
</nav>
<iframe name="mail" title="The mail" sandbox="allow-popups"${first}></iframe>
</body>
</html>
`;
}

const style = `
:root { --ink: #1b1f24; --quiet: #5c6670; --line: #dde2e7; --paper: #f7f8f9; --accent: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ebee; --quiet: #a3adb7; --line: #343b43; --paper: #171a1e; --accent: #7db8f5; }
}
* { box-sizing: border-box; }
body { margin: 0; height: 100vh; display: grid; grid-template-columns: minmax(16rem, 22rem) 1fr;
  font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
nav { overflow: auto; border-right: 1px solid var(--line); }
h1 { font-size: 1.1rem; margin: 1.1rem 1.1rem .7rem; }
h1 small { color: var(--quiet); font-weight: 400; margin-left: .4rem; }
ol { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
li { padding: .7rem 1.1rem; border-bottom: 1px solid var(--line); }
li > a { display: block; color: inherit; text-decoration: none; }
li > a:hover b, li > a:focus b { color: var(--accent); text-decoration: underline; }
b, span { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
small { color: var(--quiet); }
small a { color: var(--accent); }
iframe { width: 100%; height: 100%; border: 0; background: #fff; }
@media (max-width: 700px) {
  body { grid-template: minmax(8rem, 32vh) 1fr / 1fr; }
  nav { border-right: 0; border-bottom: 1px solid var(--line); }
}
`;

/** A file name as a relative link. */
function attribute(name: string): string {
  return encodeURIComponent(name);
}
