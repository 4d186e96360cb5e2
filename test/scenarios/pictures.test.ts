/** A picture that a post names and that isn't there is told before anybody gets the post. */

import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { mailSite, openTestSite, post } from "../support/cli.ts";

const picture = readFileSync(fileURLToPath(new URL("../../docs/images/inbox.png", import.meta.url)));

it("check names each missing picture with its line, the path, and the nearest name", async () => {
  const body = [
    "",
    "![The harbour](/img/harbor.png)",
    "",
    "![The quay, beside the post](quay.png) and ![the harbour again](/img/harbour.png)",
    "",
    "![From elsewhere](https://pictures.example.net/a.png) ![Of the generator](/generated/b.png)",
    "",
  ].join("\n");
  const site = openTestSite(mailSite("inbox:.postrider/inbox"), {
    "content/posts/hello.md": `${post("Hello", "image: /img/the cover.png\n")}${body}`,
    "static/img/harbour.png": "",
    "content/posts/here.png": "",
  });
  for (const name of ["static/img/harbour.png", "content/posts/here.png"]) writeFileSync(join(site.dir, name), picture);
  const line = (text: string) =>
    readFileSync(join(site.dir, "content/posts/hello.md"), "utf8")
      .split("\n")
      .findIndex((each) => each.includes(text)) + 1;
  const found = async () => {
    const { stdout } = await site.run("check");
    return stdout.split("\n").filter((each) => each.includes("missing-image"));
  };
  const at = (text: string) => `content/posts/hello.md:${line(text)}: warning missing-image`;
  const cover = `${at("cover")} There is no file static/img/the cover.png for the picture "https://example.org/img/the%20cover.png"`;
  const harbour = `${at("harbor.png")} There is no file static/img/harbor.png for the picture "/img/harbor.png"; did you mean "/img/harbour.png"?`;
  const quay = `${at("quay.png")} There is no file content/posts/quay.png for the picture "quay.png"`;
  expect(await found()).toEqual([cover, harbour, quay]);
  // Nothing of the post changes: what was remembered of it must not hide the difference.
  renameSync(join(site.dir, "content/posts/here.png"), join(site.dir, "content/posts/quay.png"));
  expect(await found()).toEqual([cover, harbour]);
  site.write("content/posts/hello.md", post("Hello") + body.replace("harbor.png", "harbour.png"));
  expect(await found()).toEqual([]);
  rmSync(join(site.dir, "static/img/harbour.png"));
  expect(await found()).toHaveLength(2);
});
