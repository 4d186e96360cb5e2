/** Two emails that are the same for a reader, and each way in which they can differ. */

import { expect, it } from "vitest";
import { difference } from "#smtp/message/same-mail.ts";

const mail = ({
  head = "From: a@example.org\r\nTo: b@example.org\r\nSubject: Hello",
  boundary = "one",
  text = "Hello",
  html = "<p>Hello</p>",
  file = "aGVsbG8=",
  name = "a.png",
} = {}): Buffer =>
  Buffer.from(
    [
      `${head}\r\nContent-Type: multipart/mixed; boundary=${boundary}\r\n`,
      `--${boundary}\r\nContent-Type: text/plain\r\n\r\n${text}`,
      `--${boundary}\r\nContent-Type: text/html\r\n\r\n${html}`,
      `--${boundary}\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=${name}\r\nContent-Transfer-Encoding: base64\r\n\r\n${file}`,
      `--${boundary}--\r\n`,
    ].join("\r\n"),
  );

it.each([
  ["nothing but the boundary", { boundary: "two" }, null],
  ["the order of the headers", { head: "Subject: Hello\r\nTo: b@example.org\r\nFrom: a@example.org" }, null],
  ["a header", { head: "From: a@example.org\r\nTo: b@example.org\r\nSubject: Good bye" }, "headers"],
  ["a header more", { head: "From: a@example.org\r\nTo: b@example.org\r\nSubject: Hello\r\nX-More: 1" }, "headers"],
  ["the recipient", { head: "From: a@example.org\r\nTo: c@example.org\r\nSubject: Hello" }, "headers"],
  ["the text", { text: "Hallo" }, "text"],
  ["the HTML", { html: '<p lang="en">Hello</p>' }, "HTML"],
  ["the content of a file", { file: "aGFsbG8=" }, "attachments"],
  ["the name of a file", { name: "b.png" }, "attachments"],
])("Emails that differ in %s", async (_title, changes, expected) => {
  expect(await difference(mail(), mail(changes))).toBe(expected);
  expect(await difference(mail(changes), mail())).toBe(expected);
});
