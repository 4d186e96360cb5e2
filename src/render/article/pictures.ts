/** Puts prepared pictures into an article, or their alternative text if a picture is missing. */

import type { Attachment, Pictures, PreparedPicture } from "#core/posts/picture.ts";
import type { Post } from "#core/posts/post.ts";
import type { ShownPicture } from "#core/renditions/fidelity.ts";
import type { Words } from "#render/words/words.ts";
import type { ChangeLog } from "./changes.ts";
import { drawFormulas, type FormulaSetting } from "./formulas.ts";
import { fileName, mailShows } from "./links.ts";
import { type Element, element, elementsOf, type Node } from "./tree.ts";

export interface PictureSetting extends FormulaSetting {
  /** Absent: pictures are not measured or converted, and addresses stay unchanged. */
  pictures?: Pictures | undefined;
  /** The post with the pictures. */
  post: Pick<Post, "path">;
  words: Words;
  /** Width of the column, px. */
  width: number;
  log: ChangeLog;
}

export interface Gallery {
  attachments: Attachment[];
  /** The known pictures, each once. */
  pictures: ShownPicture[];
}

/** The article with every image as an email shows it. `width` and `height` are the real ones if they are known. */
export async function placePictures(
  article: readonly Node[],
  setting: PictureSetting,
): Promise<{ article: Node[]; gallery: Gallery }> {
  const images = [...elementsOf(article)].filter(({ tag }) => tag === "img");
  const placed = new Map<Element, Placed>();
  const formulas = await drawFormulas(article, setting);
  for (const image of images) placed.set(image, await place(image.attributes, setting));
  const swap = (node: Node, linked: boolean): Node => {
    if (typeof node === "string") return node;
    const formula = formulas.get(node);
    if (formula) return formula.node;
    const picture = placed.get(node);
    if (picture) return picture.prepared ? element("img", picture.attributes) : instead(picture, setting, linked);
    if (node.tag === "p") {
      const alone = onlyChild(node);
      const missing = alone && placed.get(alone);
      if (missing && !missing.prepared && missing.attributes["src"]) return card(missing.attributes, setting);
    }
    return { ...node, children: node.children.map((child) => swap(child, linked || node.tag === "a")) };
  };
  return {
    article: article.map((node) => swap(node, false)),
    gallery: galleryOf([...placed.values(), ...formulas.values()]),
  };
}

/** The same for a single picture outside the text, such as the lead image. */
export async function placePicture(
  picture: { source: string; url: string; alt: string; unserved?: boolean },
  setting: PictureSetting,
): Promise<{ attributes: Record<string, string>; gallery: Gallery } | null> {
  const attributes = { src: picture.url, alt: picture.alt, "data-source": picture.source };
  const placed = await place(attributes, setting, picture.unserved);
  return placed.prepared ? { attributes: placed.attributes, gallery: galleryOf([placed]) } : null;
}

interface Placed {
  /** Whether an email can show it at all. */
  prepared: boolean;
  attributes: Record<string, string>;
  picture?: PreparedPicture;
}

async function place(
  given: Record<string, string>,
  { pictures, post, width, log }: PictureSetting,
  unserved = false,
): Promise<Placed> {
  const { src = "", alt = "", title, "data-source": source = "", width: asked, height } = given;
  const attributes = { src, alt, ...(title && { title }) };
  if (!pictures) {
    const size = asked && height ? { width: asked, height } : {};
    return { prepared: src !== "" && mailShows(src), attributes: { ...attributes, ...size } };
  }
  const widest = Math.min(width, Number(asked) >= 1 ? Math.round(Number(asked)) : width);
  const picture = await pictures.prepare({ source, url: src, postPath: post.path, width: widest, unserved });
  if (picture.kind === "refused") {
    const shown = picture.reachable && src !== "" && mailShows(src);
    log.note("image-missing", source, `${named(source)}: ${picture.reason}`);
    return { prepared: shown, attributes: { ...attributes, src: picture.reachable ? src : "" } };
  }
  for (const change of picture.changes) log.note("image-converted", source, `${named(source)}: ${change}`);
  const size = { width: String(picture.width), height: String(picture.height) };
  return { prepared: true, attributes: { ...attributes, src: picture.src, ...size }, picture };
}

/** A picture on its own that can't be shown becomes a link card. */
function card({ src = "", alt = "" }: Record<string, string>, { words }: PictureSetting): Element {
  const label = words.image(alt || fileName(src));
  return element("embed", { href: src, label, host: new URL(src).hostname.replace(/^www\./, ""), kind: "page" });
}

function onlyChild({ children }: Element): Element | null {
  const [first, ...more] = children.filter((child) => typeof child !== "string" || child.trim() !== "");
  return typeof first === "object" && more.length === 0 ? first : null;
}

/** Replaces a picture by its alternative text, linked to the picture unless it is already in a link. A broken image is never shown. */
function instead({ attributes: { src = "", alt = "" } }: Placed, { words }: PictureSetting, linked: boolean): Node {
  const name = alt || (src ? fileName(src) : "");
  if (name === "") return "";
  if (src === "" || linked) return `[${name}]`;
  return element("a", { href: src }, words.image(name));
}

function galleryOf(placed: readonly Pick<Placed, "picture">[]): Gallery {
  const pictures = placed.flatMap(({ picture }) => picture ?? []);
  const attachments = new Map(pictures.flatMap(({ attachment }) => (attachment ? [[attachment.cid, attachment]] : [])));
  const shown = new Map(pictures.map(({ src, type, content }) => [src, { src, type, content }]));
  return { attachments: [...attachments.values()], pictures: [...shown.values()] };
}

function named(source: string): string {
  return source.startsWith("data:") ? `${source.slice(0, 24)}…` : source;
}
