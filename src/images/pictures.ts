/** Pictures for emails: finds, measures, converts and publishes them. */

import { join } from "node:path";
import { messageOf } from "#core/errors.ts";
import type { PictureRequest, Pictures, PreparedPicture, RefusedPicture } from "#core/posts/picture.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { writeAtomic, writePrivate } from "#files/write-atomic.ts";
import type { Converted } from "./convert.ts";
import { type Located, locate, type Places, search } from "./locate.ts";

export interface PictureSettings extends Places {
  /** The folder for new picture files, and its address. Absent: they are attached to the email. */
  publish?: { dir: string; url: string };
  /** Whether the folder is private. */
  keptPrivate?: boolean;
  /** Whether every picture is attached to the email, also pictures on the site. */
  attach?: boolean;
}

/** Cache size. An email has few pictures. */
const mostRemembered = 64;
/** Larger pictures are reported: an email with some of them takes seconds to open. */
const heavyBytes = 200 * 1024;

export function openPictures(settings: PictureSettings): Pictures {
  const converted = new Map<string, Promise<Converted>>();
  const convertOnce = (bytes: Buffer, width: number): Promise<Converted> => {
    const key = `${sha256(bytes)} ${width}`;
    const known = converted.get(key);
    if (known) return known;
    const made = converter().then(({ convert }) => convert(bytes, width));
    converted.set(key, made);
    for (const oldest of [...converted.keys()].slice(0, -mostRemembered)) converted.delete(oldest);
    return made;
  };
  const { roots, siteUrl, hosts, publish, attach } = settings;
  return {
    version: sha256(JSON.stringify([roots, siteUrl, hosts, publish, attach])),
    async file(url, postPath) {
      const located = await locate({ source: url, url: "", postPath, width: 0 }, settings);
      if (located.kind === "refused") return null;
      const format = await (await converter()).formatOf(located.bytes);
      return { bytes: located.bytes.length, type: format === "svg" ? "image/svg+xml" : `image/${format}` };
    },
    search: (source, postPath) => search(source, postPath, settings),
    async formula({ tex, display, textSize }) {
      try {
        const { drawFormula } = await import("./formula.ts");
        const { depth, bytes, width, height } = await drawFormula(tex, display, textSize);
        const picture: Converted = { bytes, format: "png", width, height, changes: ["Drawn from TeX."] };
        return { ...(await place({ source: tex, url: "" }, { from: "file" }, picture, settings)), depth };
      } catch (error) {
        return { kind: "refused", reason: messageOf(error), reachable: false };
      }
    },
    async prepare(request) {
      const located = await locate(request, settings);
      if (located.kind === "refused") return located;
      try {
        return await place(request, located, await convertOnce(located.bytes, request.width), settings);
      } catch (error) {
        return { kind: "refused", reason: messageOf(error), reachable: false };
      }
    },
  };
}

/** Loaded only for posts with pictures, because it takes 40 ms. */
function converter(): Promise<typeof import("./convert.ts")> {
  return import("./convert.ts");
}

async function place(
  { source, url, unserved = false }: Pick<PictureRequest, "source" | "url" | "unserved">,
  located: Pick<Exclude<Located, RefusedPicture>, "from">,
  picture: Converted,
  { publish, keptPrivate = false, attach = false }: PictureSettings,
): Promise<PreparedPicture> {
  const { bytes, format, width, height } = picture;
  const changes = [...picture.changes];
  if (located.from === "data") changes.unshift("Moved from the text into its own file.");
  if (bytes.length > heavyBytes) changes.push(`Large file: ${Math.round(bytes.length / 1024)} KB.`);
  const type = `image/${format}`;
  const facts = { kind: "prepared" as const, width, height, content: bytes, type, changes };
  const hash = sha256(bytes).slice(0, 24);
  const fileName = `${hash}.${format === "jpeg" ? "jpg" : format}`;
  const ours = unserved || isNew(located, picture);
  if (attach || (ours && !publish)) {
    const attachment = { cid: `${hash}@postrider`, fileName, type, content: bytes };
    return { ...facts, src: `cid:${attachment.cid}`, attachment };
  }
  // Only the generator knows the address of a picture next to its post.
  const beside = located.from === "file" && !/^(\/|[a-z][a-z\d+.-]*:)/i.test(source);
  if (!publish || !(ours || beside)) return { ...facts, src: url };
  await (keptPrivate ? writePrivate : writeAtomic)(join(publish.dir, fileName), bytes);
  return { ...facts, src: `${publish.url.replace(/\/$/, "")}/${fileName}` };
}

/** Whether these bytes are not on a site. */
function isNew(located: Pick<Exclude<Located, RefusedPicture>, "from">, { changes }: Converted): boolean {
  return located.from === "data" || changes.length > 0;
}
