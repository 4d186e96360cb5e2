/**
 * Converts a picture to a format that every email client shows (JPEG, PNG or GIF), at most two pixels per layout
 * pixel.
 */

import sharp, { type Metadata, type Sharp } from "sharp";

export interface Converted {
  bytes: Buffer;
  format: "jpeg" | "png" | "gif";
  /** The shown width, px. */
  width: number;
  height: number;
  /** The changes, one sentence each; empty if `bytes` are unchanged. */
  changes: string[];
}

/** 20,000 × 20,000 pixels take 1.6 GB of memory. The largest cameras have 150 million pixels. */
const mostPixels = 150_000_000;
/** Half a second on a slow mobile connection. Larger pictures are compressed if this is not visible. */
const heavyBytes = 200 * 1024;
/** Margin around a drawing, so that it doesn't touch the edge of its white background in dark mode. */
const marginPx = 16;
/** For screens with two pixels per layout pixel. More pixels would not be visible. */
const pixelRatio = 2;
const patienceSeconds = 20;

/**
 * @param widest - greatest width at which it is shown, px.
 * @throws Error with a readable reason, if it is not a picture or too large.
 */
export async function convert(bytes: Buffer, widest: number): Promise<Converted> {
  const facts = await factsOf(bytes);
  if (facts.format === "svg") return drawing(bytes, facts, widest);
  const width = Math.min(widest, facts.width);
  const height = Math.max(1, Math.round((facts.height * width) / facts.width));
  const animated = (facts.pages ?? 1) > 1;
  const known = facts.format === "jpeg" || facts.format === "png" || facts.format === "gif" ? facts.format : null;
  const large = facts.width > width * pixelRatio;
  const heavy = bytes.length > heavyBytes && !animated;
  // Resizing an animation frame by frame gains little, so it is unchanged unless no client can show it.
  if (known && !facts.turned && ((!large && !heavy) || (animated && known === "gif")))
    return { bytes, format: known, width, height, changes: [] };

  const target = Math.min(facts.width, width * pixelRatio);
  const resized = sharp(bytes, { limitInputPixels: mostPixels, animated })
    .timeout({ seconds: patienceSeconds })
    .autoOrient()
    .resize({ width: target });
  const { output, format } = await encoded(resized, facts, animated);
  if (known === format && !large && !facts.turned && output.length >= bytes.length)
    return { bytes, format, width, height, changes: [] };
  return { bytes: output, format, width, height, changes: describe(facts, bytes, output, format, target) };
}

/** `jpeg`, `png`, `svg`… */
export async function formatOf(bytes: Buffer): Promise<string> {
  return (await sharp(bytes).metadata()).format;
}

const unreadable = "the file is not a readable picture.";

interface Facts {
  format: string;
  /** Width after rotating the picture upright. */
  width: number;
  height: number;
  turned: boolean;
  opaque: boolean;
  pages?: number | undefined;
  density: number;
}

async function factsOf(bytes: Buffer): Promise<Facts> {
  // Only the header is read, so any size is allowed.
  const header: Metadata = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw new Error(unreadable, { cause });
    });
  const { format, density = 72, hasAlpha, pages, orientation = 1 } = header;
  const { width, height } = header.autoOrient;
  const frame = header.pageHeight ?? height;
  if (!format || !width || !frame) throw new Error(unreadable);
  if (width * frame > mostPixels)
    throw new Error(
      `it has ${width} × ${frame} pixels; the limit is ${mostPixels / 1_000_000} million. Make it smaller.`,
    );
  const kind = format === "heif" ? "avif" : format;
  return { format: kind, width, height: frame, turned: orientation > 1, opaque: !hasAlpha, pages, density };
}

/** Vector graphics are drawn at twice their size, on white: black lines on a transparent background are invisible in dark mode. */
async function drawing(bytes: Buffer, facts: Facts, widest: number): Promise<Converted> {
  const inner = Math.min(widest - 2 * marginPx, facts.width);
  const width = inner * pixelRatio;
  const density = Math.min(2400, Math.max(1, (facts.density * width) / facts.width));
  const margin = marginPx * pixelRatio;
  const white = { r: 255, g: 255, b: 255 };
  const { data, info } = await sharp(bytes, { limitInputPixels: mostPixels, density })
    .timeout({ seconds: patienceSeconds })
    .resize({ width })
    .flatten({ background: white })
    .extend({ top: margin, bottom: margin, left: margin, right: margin, background: white })
    .png({ palette: true })
    .toBuffer({ resolveWithObject: true });
  const changes = [
    `Converted from SVG to PNG on white, ${info.width} × ${info.height} pixels, because Gmail does not show SVG.`,
  ];
  return {
    bytes: data,
    format: "png",
    width: Math.round(info.width / pixelRatio),
    height: Math.round(info.height / pixelRatio),
    changes,
  };
}

/** PNG for transparency or few colours, otherwise JPEG: the smaller one that looks the same. */
async function encoded(
  picture: Sharp,
  facts: Facts,
  animated: boolean,
): Promise<{ output: Buffer; format: Converted["format"] }> {
  if (animated) return { output: await picture.gif().toBuffer(), format: "gif" };
  if (facts.format === "jpeg") return { output: await jpeg(picture), format: "jpeg" };
  const png = await picture.clone().png({ compressionLevel: 9 }).toBuffer();
  if (!facts.opaque || png.length <= heavyBytes) return { output: png, format: "png" };
  const photo = await jpeg(picture);
  return photo.length < png.length ? { output: photo, format: "jpeg" } : { output: png, format: "png" };
}

function jpeg(picture: Sharp): Promise<Buffer> {
  return picture.clone().jpeg({ quality: 82, mozjpeg: true }).toBuffer();
}

function describe(facts: Facts, before: Buffer, after: Buffer, format: string, width: number): string[] {
  const changes: string[] = [];
  if (facts.format !== format)
    changes.push(
      `Converted from ${facts.format.toUpperCase()} to ${format.toUpperCase()}, which every email client shows.`,
    );
  if (width < facts.width) changes.push(`Resized from ${facts.width} to ${width} pixels wide.`);
  if (before.length > heavyBytes && after.length < before.length)
    changes.push(`Compressed from ${kilobytes(before)} KB to ${kilobytes(after)} KB.`);
  if (changes.length === 0) changes.push("Rotated to be upright.");
  return changes;
}

function kilobytes(bytes: Buffer): number {
  return Math.round(bytes.length / 1024);
}
