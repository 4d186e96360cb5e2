/** Reads the bytes of an image source. Reads nothing outside the allowed folders and hosts. */

import { open, readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { messageOf } from "#core/errors.ts";
import type { PictureRequest, PictureSearch, RefusedPicture } from "#core/posts/picture.ts";
import { nearest } from "#core/spelling.ts";

export interface Places {
  /** Absolute folders of pictures: the folder of the posts, and folders that the site publishes at its root. */
  roots: readonly string[];
  /** The site's address. Pictures below it are searched in `roots`. */
  siteUrl: string;
  /** Hosts from which pictures may be fetched; `*.example.org` for all subdomains. */
  hosts: readonly string[];
  fetch: typeof fetch;
}

export type Located = { kind: "found"; bytes: Buffer; from: "file" | "web" | "data" } | RefusedPicture;

/** Larger files are not suitable for an email. */
const mostBytes = 25 * 1024 * 1024;
const patienceMs = 10_000;
const mostRedirects = 3;

export async function locate(request: PictureRequest, places: Places): Promise<Located> {
  const { source, url } = request;
  if (source.startsWith("data:")) return fromData(source);
  const path = pathOf(source, places.siteUrl);
  if (path !== null) return fromFiles(path, request, places);
  const address = URL.parse(url);
  if (!address || !allowed(address, places.hosts))
    return refused(
      `it is on ${address?.host ?? "no host"}, which is not listed in pictures.hosts, so its size is unknown.`,
      true,
    );
  return fromWeb(address, places, mostRedirects);
}

function fromData(source: string): Located {
  const [, kind = "", encoded = ""] =
    /^data:image\/[\w.+-]+(?:;[\w-]+=[\w-]+)*((?:;base64)?),([\s\S]*)$/i.exec(source) ?? [];
  try {
    const bytes = kind ? Buffer.from(encoded, "base64") : Buffer.from(decodeURIComponent(encoded));
    return bytes.length > 0
      ? { kind: "found", bytes, from: "data" }
      : refused("the data in its address is empty.", false);
  } catch (error) {
    return refused(`the data in its address can't be read: ${messageOf(error)}`, false);
  }
}

/** The path of a source without a host, or on the site's host; `null` for other hosts. */
function pathOf(source: string, siteUrl: string): string | null {
  const site = new URL(siteUrl);
  const absolute = /^[a-z][a-z\d+.-]*:|^\/\//i.test(source) ? URL.parse(source, siteUrl) : null;
  if (absolute && absolute.host !== site.host) return null;
  const written = absolute ? absolute.pathname : (source.split(/[?#]/)[0] ?? "");
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

async function fromFiles(path: string, { postPath }: PictureRequest, { roots }: Places): Promise<Located> {
  const real = await Promise.all(roots.map((root) => realpath(root).catch(() => resolve(root))));
  for (const candidate of candidatesFor(path, postPath, roots)) {
    const file = await realpath(candidate).catch(() => null);
    if (!file) continue;
    // Checked after resolving symbolic links, which may lead out of the folder.
    if (!real.some((root) => file.startsWith(root + sep)))
      return refused("it is outside the content folder. Move it there.", false);
    return readFile(file);
  }
  return (await placesOf(path, postPath, roots)).length > 0
    ? refused("the file does not exist.", false)
    : refused("it is not in the content folder, so its size is unknown.", true);
}

function candidatesFor(path: string, postPath: string, roots: readonly string[]): string[] {
  return path.startsWith("/") ? roots.map((root) => join(root, path)) : [resolve(dirname(postPath), path)];
}

/** All possible files of a picture. */
async function placesOf(path: string, postPath: string, roots: readonly string[]): Promise<string[]> {
  const candidates = candidatesFor(path, postPath, roots);
  if (!path.startsWith("/")) return candidates;
  // If the first folder exists, the file should be here. Otherwise the site may get it from another place.
  const [, first = ""] = path.split("/");
  const kept = await Promise.all(roots.map((root) => isFolder(join(root, first))));
  return candidates.filter((_, index) => kept[index]);
}

/** Looks for the file without reading it. */
export async function search(
  source: string,
  postPath: string,
  { roots, siteUrl }: Pick<Places, "roots" | "siteUrl">,
): Promise<PictureSearch | null> {
  const path = source.startsWith("data:") ? null : pathOf(source, siteUrl);
  if (path === null || path === "") return null;
  for (const candidate of candidatesFor(path, postPath, roots)) {
    const file = await realpath(candidate).catch(() => null);
    if (file) return { kind: "found", file };
  }
  const places = await placesOf(path, postPath, roots);
  const [looked] = places;
  if (!looked) return null;
  for (const place of places) {
    const names = await readdir(dirname(place)).catch((): string[] => []);
    const near = nearest(basename(path), names);
    if (near) return { kind: "missing", looked: place, near: path.slice(0, -basename(path).length) + near };
  }
  return { kind: "missing", looked, near: "" };
}

async function readFile(path: string): Promise<Located> {
  await using file = await open(path, "r");
  const { size } = await file.stat();
  if (size > mostBytes) return refused(tooHeavy(size), false);
  return { kind: "found", bytes: await file.readFile(), from: "file" };
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

function allowed({ protocol, hostname }: URL, hosts: readonly string[]): boolean {
  if (protocol !== "https:") return false;
  return hosts.some((host) => (host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host));
}

async function fromWeb(address: URL, places: Places, redirects: number): Promise<Located> {
  try {
    const response = await places.fetch(address, { redirect: "manual", signal: AbortSignal.timeout(patienceMs) });
    const target = URL.parse(response.headers.get("location") ?? "", address);
    if (response.status >= 300 && response.status < 400 && target) {
      await response.body?.cancel();
      if (redirects === 0 || !allowed(target, places.hosts))
        return refused(`its host redirects to ${target.host}, which is not listed in pictures.hosts.`, true);
      return await fromWeb(target, places, redirects - 1);
    }
    if (!response.ok) {
      await response.body?.cancel();
      return refused(`its host answers ${response.status}.`, false);
    }
    return await bodyOf(response);
  } catch (error) {
    return refused(`its host does not answer: ${messageOf(error)}`, true);
  }
}

async function bodyOf(response: Response): Promise<Located> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    // Leaving the loop cancels the download.
    if (size > mostBytes) return refused(tooHeavy(size), false);
    chunks.push(chunk);
  }
  return { kind: "found", bytes: Buffer.concat(chunks), from: "web" };
}

function tooHeavy(bytes: number): string {
  return `it has ${Math.round(bytes / 1024 / 1024)} MB or more; the limit is ${mostBytes / 1024 / 1024} MB. Make it smaller.`;
}

function refused(reason: string, reachable: boolean): RefusedPicture {
  return { kind: "refused", reason, reachable };
}
