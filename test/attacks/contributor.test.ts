/** Somebody whose post is taken into the blog, with files beside it. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, it } from "vitest";
import { openScriptedServer } from "#contract/scripted-server.ts";
import { openPictures } from "#images/pictures.ts";
import { tempDir } from "../support/temp.ts";

it("A drawing takes in nothing from elsewhere: no file of this machine, no address, no entity", async () => {
  await using server = await openScriptedServer(() => ({ status: 200, body: "x" }));
  const dir = tempDir();
  const content = join(dir, "content");
  mkdirSync(content);
  const red = await sharp({ create: { width: 50, height: 50, channels: 3, background: "#ff0000" } })
    .png()
    .toBuffer();
  writeFileSync(join(dir, "secret.png"), red);
  writeFileSync(join(content, "beside.png"), red);
  const targets = [
    `file://${dir}/secret.png`,
    "../secret.png",
    join(dir, "secret.png"),
    "beside.png",
    `${server.url}/a.png`,
  ];
  const images = targets.map((target) => `<image width="50" height="50" href="${target}" xlink:href="${target}"/>`);
  const drawings = {
    "image.svg": images.join(""),
    "style.svg": `<style>@import url("${server.url}/a.css"); rect { fill: url("${server.url}/b.svg#c") }</style>`,
    "use.svg": `<use href="${server.url}/c.svg#d"/><use href="file://${dir}/secret.svg#d"/>`,
    "entity.svg": "&secret;",
  };
  const pictures = openPictures({ roots: [content], siteUrl: "https://example.org", hosts: [], fetch });
  const refused: string[] = [];
  for (const [name, inside] of Object.entries(drawings)) {
    const entity = name === "entity.svg" ? `<!DOCTYPE svg [<!ENTITY secret SYSTEM "file:///etc/hostname">]>` : "";
    const svg = `${entity}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="50" height="50"><rect width="50" height="50" fill="#00ff00"/>${inside}</svg>`;
    writeFileSync(join(content, name), svg);
    const prepared = await pictures.prepare({ source: name, url: "", postPath: join(content, "a.md"), width: 560 });
    if (prepared.kind === "refused") {
      refused.push(name);
      continue;
    }
    const { data } = await sharp(Buffer.from(prepared.content))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const reds = data.filter((_, index) => index % 3 === 0 && (data[index] ?? 0) > 200 && (data[index + 1] ?? 0) < 50);
    expect(reds, name).toHaveLength(0);
  }
  expect(server.asked).toEqual([]);
  expect(refused).toEqual(["entity.svg"]);
});
