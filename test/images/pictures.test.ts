import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PictureRequest, PreparedPicture } from "#core/posts/picture.ts";
import { openPictures, type PictureSettings } from "#images/pictures.ts";

const column = 560;
let dir: string;
let settings: PictureSettings;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "pictures-"));
  mkdirSync(join(dir, "content/posts"), { recursive: true });
  mkdirSync(join(dir, "static/img"), { recursive: true });
  settings = {
    roots: [join(dir, "content"), join(dir, "static")],
    siteUrl: "https://room.example.org",
    hosts: ["pictures.example.net", "*.cdn.example.net"],
    fetch: () => Promise.reject(new Error("nobody may be asked")),
  };
  const photo = sharp({
    create: {
      width: 3000,
      height: 2000,
      channels: 3,
      background: "#d08040",
      noise: { type: "gaussian", mean: 128, sigma: 40 },
    },
  });
  await photo.clone().jpeg().toFile(join(dir, "static/img/photo.jpg"));
  await photo.clone().resize(1000, 500).webp().toFile(join(dir, "content/posts/modern.webp"));
  await photo.clone().resize(300, 200).avif().toFile(join(dir, "content/posts/newer.avif"));
  await photo.clone().resize(120, 40).png().toFile(join(dir, "static/img/badge.png"));
  await photo.clone().resize(110, 40).png().toFile(join(dir, "content/posts/small.png"));
  await photo
    .clone()
    .resize(400, 200)
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toFile(join(dir, "static/img/turned.jpg"));
  writeFileSync(
    join(dir, "content/posts/plan.svg"),
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><path d="M0 50H200" stroke="black"/></svg>',
  );
  writeFileSync(join(dir, "content/posts/words.png"), "these are words");
  writeFileSync(join(dir, "secret.png"), await photo.clone().resize(10, 10).png().toBuffer());
  symlinkSync(join(dir, "secret.png"), join(dir, "content/posts/linked.png"));
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

const prepare = (source: string, more: Partial<PictureSettings> = {}, url = "") => {
  const request: PictureRequest = { source, url, postPath: join(dir, "content/posts/post.md"), width: column };
  return openPictures({ ...settings, ...more }).prepare(request);
};
const prepared = async (...asked: Parameters<typeof prepare>): Promise<PreparedPicture> => {
  const picture = await prepare(...asked);
  if (picture.kind !== "prepared") throw new Error(picture.reason);
  return picture;
};

describe("a picture", () => {
  it("that is on the site in a good form keeps its address and gets its size", async () => {
    const url = "https://room.example.org/img/badge.png";
    expect(await prepared("/img/badge.png", {}, url)).toMatchObject({ src: url, width: 120, height: 40, changes: [] });
    expect(await prepared(url, {}, url)).toMatchObject({ src: url, width: 120 });
  });

  it("that is too large is resized to twice the column width, and attached to the email", async () => {
    const { src, width, height, attachment, changes } = await prepared(
      "/img/photo.jpg",
      {},
      "https://room.example.org/img/photo.jpg",
    );
    expect([width, height]).toEqual([560, 373]);
    expect(src).toBe(`cid:${attachment?.cid}`);
    expect(await sharp(attachment?.content).metadata()).toMatchObject({ format: "jpeg", width: 1120, height: 747 });
    expect(changes[0]).toBe("Resized from 3000 to 1120 pixels wide.");
  });

  it("is published instead if so configured, under the hash of its content", async () => {
    const publish = { dir: join(dir, "public"), url: "https://news.example.org/pictures/" };
    const { src, attachment } = await prepared("./modern.webp", { publish });
    const [name] = readdirSync(publish.dir);
    expect(src).toBe(`https://news.example.org/pictures/${name}`);
    expect(attachment).toBeUndefined();
    expect((await sharp(readFileSync(join(publish.dir, name ?? ""))).metadata()).format).toMatch(/png|jpeg/);
    expect((await prepared("./modern.webp", { publish })).src).toBe(src);
  });

  it("next to its post is also published if so configured, because only the generator knows its address", async () => {
    const publish = { dir: join(dir, "public"), url: "https://news.example.org/pictures" };
    const url = "https://room.example.org/img/badge.png";
    expect((await prepared("small.png", { publish }, url)).src).toMatch(
      /^https:\/\/news\.example\.org\/pictures\/\w+\.png$/,
    );
    expect((await prepared("small.png", {}, url)).src).toBe(url);
    expect((await prepared("/img/badge.png", { publish }, url)).src).toBe(url);
  });

  it.each(["modern.webp", "newer.avif"])("in a form that Word can't show is converted: %s", async (name) => {
    const { attachment, changes } = await prepared(name);
    expect(attachment?.type).toMatch(/^image\/(png|jpeg)$/);
    expect(changes[0]).toMatch(/^Converted from (WEBP|AVIF) to (PNG|JPEG)/);
  });

  it("in SVG is drawn at twice its size, on white with a margin", async () => {
    const { width, height, attachment } = await prepared("plan.svg");
    expect([width, height]).toEqual([232, 132]);
    const { data, info } = await sharp(attachment?.content).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, ...data.subarray(0, 3)]).toEqual([464, 264, 255, 255, 255]);
  });

  it("that is rotated is turned upright", async () => {
    expect(await prepared("/img/turned.jpg")).toMatchObject({
      width: 200,
      height: 400,
      changes: ["Rotated to be upright."],
    });
  });

  it("in a data: address becomes a file", async () => {
    const bytes = readFileSync(join(dir, "static/img/badge.png"));
    const { src, changes } = await prepared(`data:image/png;base64,${bytes.toString("base64")}`);
    expect(src).toMatch(/^cid:[0-9a-f]{24}@postrider$/);
    expect(changes).toEqual(["Moved from the text into its own file."]);
  });

  it("is attached if so configured, and the same picture has the same name", async () => {
    const one = await prepared("/img/badge.png", { attach: true });
    expect(one.src).toBe((await prepared("/img/badge.png", { attach: true })).src);
    expect(one.attachment?.content).toEqual(readFileSync(join(dir, "static/img/badge.png")));
  });

  it.each([
    ["../../secret.png", /outside the content folder/],
    ["linked.png", /outside the content folder/],
    ["../../../../../../etc/hostname", /outside the content folder/],
    ["gone.png", /the file does not exist/],
    ["/img/gone.png", /the file does not exist/],
    ["words.png", /not a readable picture/],
    ["data:image/png;base64,AAAA", /not a readable picture/],
    ["data:image/png;base64,", /empty/],
  ])("that is invalid or not on this site is refused with a reason: %s", async (source, reason) => {
    expect(await prepare(source)).toMatchObject({
      kind: "refused",
      reachable: false,
      reason: expect.stringMatching(reason),
    });
  });

  it("of 20,000 × 20,000 pixels is refused before it is read", async () => {
    writeFileSync(join(dir, "content/posts/huge.png"), headerOfPng(20_000, 20_000));
    expect(await prepare("huge.png")).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("20000 × 20000 pixels"),
    });
  });

  it("on another host is fetched only from allowed hosts", async () => {
    const badge = readFileSync(join(dir, "static/img/badge.png"));
    const asked: string[] = [];
    const web: RequestListener = (request, response) => {
      asked.push(request.url ?? "");
      if (request.url === "/away.png") response.writeHead(302, { location: "https://evil.example/x.png" }).end();
      else if (request.url === "/moved.png")
        response.writeHead(302, { location: "https://a.cdn.example.net/badge.png" }).end();
      else if (request.url === "/gone.png") response.writeHead(404).end();
      else response.end(badge);
    };
    const server = createServer(web).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const local: typeof fetch = (input, init) =>
      fetch(`http://127.0.0.1:${port}${new URL(String(input)).pathname}`, init);
    const get = (url: string) => prepare(url, { fetch: local }, url);
    try {
      expect(await get("https://pictures.example.net/badge.png")).toMatchObject({
        src: "https://pictures.example.net/badge.png",
        width: 120,
      });
      expect(await get("https://pictures.example.net/moved.png")).toMatchObject({ kind: "prepared", width: 120 });
      expect(await get("https://pictures.example.net/away.png")).toMatchObject({ kind: "refused", reachable: true });
      expect(await get("https://pictures.example.net/gone.png")).toMatchObject({ kind: "refused", reachable: false });
      for (const url of [
        "https://evil.example/x.png",
        "http://pictures.example.net/x.png",
        "https://cdn.example.net.evil.example/x.png",
      ])
        expect(await get(url)).toMatchObject({ kind: "refused", reachable: true });
      expect(asked).toEqual(["/badge.png", "/moved.png", "/badge.png", "/away.png", "/gone.png"]);
    } finally {
      server.close();
    }
  });
});

/** A PNG that says how large it claims to be, and holds nothing. */
function headerOfPng(width: number, height: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width);
  size.writeUInt32BE(height, 4);
  const chunk = (name: string, data: Buffer): Buffer => {
    const content = Buffer.concat([Buffer.from(name), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(content));
    return Buffer.concat([length, content, sum]);
  };
  const header = chunk("IHDR", Buffer.concat([size, Buffer.from([8, 6, 0, 0, 0])]));
  const nothing = [chunk("IDAT", deflateSync(Buffer.alloc(1))), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), header, ...nothing]);
}

describe("The file behind an address of the site", () => {
  it("has a size and a type, if it is ours and a picture", async () => {
    const pictures = openPictures(settings);
    const post = join(dir, "content/posts/post.md");
    expect(await pictures.file("https://room.example.org/img/badge.png", post)).toEqual({
      bytes: readFileSync(join(dir, "static/img/badge.png")).length,
      type: "image/png",
    });
    expect(await pictures.file("https://room.example.org/img/nowhere.png", post)).toBeNull();
    expect(await pictures.file("https://elsewhere.example/img/badge.png", post)).toBeNull();
    expect(await pictures.file("https://room.example.org/../secret.png", post)).toBeNull();
  });
});
