/** Pages that show emails in frames: one file, no external resources, no scripts. */

import { escapeHtml } from "#core/posts/html.ts";
import { htmlPage } from "./html-page.ts";

const widths = [375, 640];

/** @param body - our own HTML, with frames */
export function framedPage(title: string, body: string): string {
  return htmlPage(title, style, body);
}

/** The same email at the width of a phone and of a desktop. */
export function frames(name: string, html: string): string {
  return `<div class="frames">${widths.map((width) => frame(name, html, width)).join("")}</div>`;
}

export function section(name: string, note: string, content: string): string {
  return `<section><h2>${name}</h2><p>${note}</p>${content}</section>`;
}

function frame(name: string, html: string, width: number): string {
  const label = `${name}, ${width} pixels wide`;
  return `<figure><figcaption>${width} px</figcaption><iframe sandbox="" title="${label}" width="${width}" height="720" srcdoc="${escapeHtml(html)}"></iframe></figure>`;
}

const darkQuery = /@media\s*\(\s*prefers-color-scheme:\s*dark\s*\)/g;

/** Shows the wanted colour scheme, independent of the machine's preference. */
export function scheme(html: string, wanted: "light" | "dark"): string {
  const asked = html.replace(darkQuery, wanted === "dark" ? "@media all" : "@media not all");
  return withStyle(asked, `:root{color-scheme:${wanted}}`);
}

export function withStyle(html: string, css: string): string {
  return html.replace("</head>", () => `<style>${css}</style></head>`);
}

const style = `
body { margin: 0 auto; padding: 24px; max-width: 1080px; font: 16px/1.5 system-ui, sans-serif; color: #22252b; background: #fff; }
h1 { margin: 0; font-size: 26px; } h2 { margin: 40px 0 4px; font-size: 19px; } p { margin: 4px 0 12px; color: #555b66; }
.frames { display: flex; flex-wrap: wrap; gap: 24px; } figure { margin: 0; } figcaption { font-size: 14px; color: #555b66; }
iframe { border: 1px solid #c9ccd2; border-radius: 8px; background: #fff; max-width: 100%; resize: both; }
table { border-collapse: collapse; font-size: 14px; } td:nth-child(-n + 2) { white-space: nowrap; } details td { white-space: normal !important; }
td, th { text-align: left; vertical-align: top; padding: 6px 16px 6px 0; border-bottom: 1px solid #e2e4e8; }
.open td { color: #9c2f16; }
`;
