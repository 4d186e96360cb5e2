/** Matrix as https://spec.matrix.org/latest/client-server-api describes it; the section is named with each scenario. */

import fc from "fast-check";
import { parseFragment } from "parse5";
import { expect, it } from "vitest";
import { formatted } from "#adapters/matrix/message.ts";
import matrix from "#adapters/matrix.ts";
import { anEnvelope, failureOf, keepInMemory, never, openChannel } from "#contract/samples.ts";
import { type Answer, type Asked, openScriptedServer } from "#contract/scripted-server.ts";
import type { Envelope, Tools } from "#core/adapter.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";

const envelope = anEnvelope("note");
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  body: JSON.stringify(body),
});
const room = "!r:example.org";
const roomPath = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}`;

async function bench(answer: (asked: Asked) => Answer, settings: object = {}, more: Partial<Tools> = {}) {
  const server = await openScriptedServer(answer);
  const transport = await openChannel(matrix, { server: server.url, token: "s3cret-token", room, ...settings }, more);
  const body = (index = -1) => JSON.parse(server.asked.at(index)?.body ?? "");
  return { server, transport, body, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

function note(change: Partial<NoteRendition>): Envelope<"note"> {
  return { ...envelope, rendition: { ...envelope.rendition, ...change } };
}

it("sends a message with the delivery's own transaction id, in text and HTML, and mentions nobody (#mtext, #user-and-room-mentions)", async () => {
  await using it = await bench(() => json(200, { event_id: "$1" }));
  const text = "Fish & <chips> @room\nnow\n\nhttps://example.org/?a=1&b=2.";
  expect(await it.transport.send(note({ text }), never)).toEqual({
    remoteId: "$1",
    url: "https://matrix.to/#/!r%3Aexample.org/%241",
  });
  expect(it.server.asked[0]).toMatchObject({
    method: "PUT",
    path: `${roomPath}/send/m.room.message/${envelope.key}`,
    headers: { authorization: "Bearer s3cret-token" },
  });
  expect(it.body()).toEqual({
    msgtype: "m.text",
    body: text,
    format: "org.matrix.custom.html",
    formatted_body:
      '<p>Fish &amp; &lt;chips&gt; @room<br>now</p><p><a href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a>.</p>',
    "m.mentions": {},
    "dev.postrider.delivery": envelope.key,
  });
});

it("hides the text behind its warning, and marks it as a program's message if so configured (#spoiler-messages, #mnotice)", async () => {
  await using it = await bench(() => json(200, { event_id: "$1" }), { notice: true });
  await it.transport.send(note({ text: "He did it\n\nTwice", contentWarning: 'The "end"' }), never);
  expect(it.body()).toMatchObject({
    msgtype: "m.notice",
    body: 'The "end"\n\nhttps://example.org/blog/hello/',
    formatted_body: '<span data-mx-spoiler="The &quot;end&quot;">He did it<br><br>Twice</span>',
  });
});

it("uploads the picture with the text as its caption, but no picture with a warning (#post_matrixmediav3upload, #media-captions)", async () => {
  const png = Buffer.from("\x89PNG\r\n\x1a\n....", "latin1");
  await using it = await bench(
    ({ path }) => {
      if (path === "/cover.png") return { status: 200, body: png };
      return json(
        200,
        path.includes("upload") ? { content_uri: "mxc://example.org/AQwafuaFswefuhsfAFAgsw" } : { event_id: "$1" },
      );
    },
    { picture: true },
  );
  const image = { url: `${it.server.url}/cover.png`, alt: "A harbour/at dusk" };
  await it.transport.send(note({ image }), never);
  expect(it.server.asked[1]).toMatchObject({
    method: "POST",
    path: "/_matrix/media/v3/upload?filename=A+harbour+at+dusk.png",
    headers: { "content-type": "image/png", authorization: "Bearer s3cret-token" },
  });
  expect(it.body()).toMatchObject({
    msgtype: "m.image",
    body: envelope.rendition.text,
    filename: "A harbour at dusk.png",
    url: "mxc://example.org/AQwafuaFswefuhsfAFAgsw",
    info: { mimetype: "image/png", size: png.length },
  });
  await it.transport.send(note({ image, contentWarning: "Salt" }), never);
  expect(it.server.asked).toHaveLength(4);
  expect(it.body()).toMatchObject({ msgtype: "m.text" });
});

it("resolves an alias, once (#get_matrixclientv3directoryroomroomalias)", async () => {
  const answer = ({ path }: Asked) =>
    path.includes("/directory/") ? json(200, { room_id: room }) : json(200, { event_id: "$1" });
  await using it = await bench(answer, { room: "#news:example.org" });
  await it.transport.send(envelope, never);
  await it.transport.send(envelope, never);
  const paths = it.server.asked.map(({ path }) => path);
  expect(paths).toEqual([
    "/_matrix/client/v3/directory/room/%23news%3Aexample.org",
    ...Array(2).fill(`${roomPath}/send/m.room.message/${envelope.key}`),
  ]);
});

it.each([
  ["M_BAD_JSON", 400, { kind: "permanent", scope: "recipient" }],
  ["M_TOO_LARGE", 413, { kind: "permanent", scope: "recipient" }],
  ["M_FORBIDDEN", 403, { kind: "permanent", scope: "channel" }],
  ["M_UNKNOWN_TOKEN", 401, { kind: "permanent", scope: "channel" }],
  ["M_UNKNOWN", 500, { kind: "temporary" }],
])("understands %s (#standard-error-response)", async (errcode, status, expected) => {
  await using it = await bench(() => json(status, { errcode, error: "no, s3cret-token" }));
  const failure = await failureOf(it.transport.send(envelope, never));
  expect(failure).toMatchObject(expected);
  expect(JSON.stringify(failure)).not.toContain("s3cret-token");
});

it("waits as long as the body or the header says (#rate-limiting)", async () => {
  await using it = await bench(() => json(429, { errcode: "M_LIMIT_EXCEEDED", retry_after_ms: 2000 }));
  expect(await failureOf(it.transport.send(envelope, never))).toMatchObject({ kind: "throttled", retryAfter: 2000 });
  it.server.answer = () => json(429, { errcode: "M_LIMIT_EXCEEDED" }, { "retry-after": "3" });
  expect(await failureOf(it.transport.send(envelope, never))).toMatchObject({ kind: "throttled", retryAfter: 3000 });
});

it("refreshes a token that expired, for all workers once, and keeps it (#refreshing-access-tokens)", async () => {
  const keep = keepInMemory();
  const answer = ({ path, headers, body }: Asked): Answer => {
    if (path.endsWith("/refresh")) {
      if (JSON.parse(body).refresh_token !== "r1") return json(403, { errcode: "M_FORBIDDEN" });
      return json(200, { access_token: "t2", refresh_token: "r2", expires_in_ms: 60_000 });
    }
    return headers.authorization === "Bearer t2"
      ? json(200, { event_id: "$1" })
      : json(401, { errcode: "M_UNKNOWN_TOKEN", soft_logout: true });
  };
  await using it = await bench(answer, { token: "t1", refreshToken: "r1" }, { keep });
  await Promise.all([it.transport.send(envelope, never), it.transport.send(anEnvelope("note", "two"), never)]);
  expect(it.server.asked.filter(({ path }) => path.endsWith("/refresh"))).toHaveLength(1);
  const again = await openChannel(matrix, { server: it.server.url, token: "t1", refreshToken: "r1", room }, { keep });
  await again.send(envelope, never);
  expect(it.server.asked.at(-1)?.headers.authorization).toBe("Bearer t2");
});

const event = (id: string, at: string, content: object) => ({
  event_id: id,
  origin_server_ts: Date.parse(at),
  content: { msgtype: "m.text", body: "…", ...content },
});
const marked = { "dev.postrider.delivery": envelope.key };

it("finds its message over several pages, and does not confuse it with an edit (#get_matrixclientv3roomsroomidmessages)", async () => {
  const pages: Record<string, object> = {
    "": { chunk: [event("$9", "2026-01-05T10:00:00Z", { ...marked, "m.new_content": {} })], end: "p2" },
    p2: { chunk: [event("$1", "2026-01-05T09:00:01Z", marked)], end: "p3" },
  };
  await using it = await bench(({ path }) => {
    const { searchParams, pathname } = new URL(path, "http://localhost");
    if (pathname.endsWith("whoami")) return json(200, { user_id: "@news:example.org" });
    expect(JSON.parse(searchParams.get("filter") ?? "")).toEqual({
      senders: ["@news:example.org"],
      types: ["m.room.message"],
    });
    return json(200, pages[searchParams.get("from") ?? ""]);
  });
  expect(await it.transport.find?.(envelope, never)).toMatchObject({ remoteId: "$1" });
});

it("reports that nothing was posted only after it has read an older message", async () => {
  let age = "2026-01-05T10:00:00Z";
  let page = 0;
  await using it = await bench(({ path }) =>
    path.endsWith("whoami")
      ? json(200, { user_id: "@news:example.org" })
      : json(200, { chunk: [event("$1", age, {})], end: `p${++page}` }),
  );
  expect(await failureOf(it.transport.find?.(envelope, never) ?? Promise.resolve())).toMatchObject({
    kind: "uncertain",
  });
  age = "2026-01-05T08:00:00Z";
  expect(await it.transport.find?.(envelope, never)).toBeNull();
});

it("edits by replacing, the same edit once (#event-replacements)", async () => {
  await using it = await bench(() => json(200, { event_id: "$2" }));
  const receipt = { remoteId: "$1", url: "https://matrix.to/#/x" };
  expect(await it.transport.update?.(receipt, note({ text: "Mended" }), never)).toEqual(receipt);
  expect(it.server.asked[0]?.path).toBe(
    `${roomPath}/send/m.room.message/${envelope.key}-${envelope.rendition.revision}`,
  );
  expect(it.body()).toMatchObject({
    body: "* Mended",
    formatted_body: "* <p>Mended</p>",
    "m.new_content": { body: "Mended", formatted_body: "<p>Mended</p>", "m.mentions": {} },
    "m.relates_to": { rel_type: "m.replace", event_id: "$1" },
  });
});

it("deletes (#redactions)", async () => {
  await using it = await bench(() => json(200, { event_id: "$3" }));
  await it.transport.retract?.({ remoteId: "$1" }, never);
  await it.transport.retract?.({ remoteId: "$1" }, never);
  expect(it.server.asked[0]?.path).toMatch(/\/redact\/%241\/[0-9a-f]{64}$/);
  expect(it.server.asked[1]?.path).toBe(it.server.asked[0]?.path);
});

it("warns of a room that is encrypted (#mroomencryption)", async () => {
  await using it = await bench(() => json(404, { errcode: "M_NOT_FOUND" }));
  await it.transport.check?.(never);
  it.server.answer = () => json(200, { algorithm: "m.megolm.v1.aes-sha2" });
  expect(await failureOf(it.transport.check?.(never) ?? Promise.resolve())).toMatchObject({ code: "encrypted" });
});

it("counts bytes in both forms, so that the edit of any text that fits is an event that fits (#size-limits)", async () => {
  await using it = await bench(() => json(200, { event_id: "$1" }));
  const most = matrix.traits.maxLength ?? 0;
  for (const unit of ["a", "\n\n", "&", "日", "👨‍👩‍👧‍👦", "https://e.org/ "]) {
    let text = unit;
    while ((matrix.measure?.(text + text) ?? 0) <= most) text += text;
    await it.transport.update?.({ remoteId: `$${"x".repeat(43)}` }, note({ text }), never);
    expect(Buffer.byteLength(it.server.asked.at(-1)?.body ?? "")).toBeLessThan(64_000);
  }
});

it("writes HTML with exactly the words of any text", () => {
  interface Node {
    nodeName: string;
    value?: string;
    childNodes?: Node[];
  }
  const read = ({ nodeName, value, childNodes = [] }: Node): string =>
    nodeName === "br" ? "\n" : (value ?? childNodes.map(read).join(nodeName === "#document-fragment" ? "\n\n" : ""));
  const word = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("<b>", "&amp;", "\n", "https://e.org/<x>", '"'),
  );
  fc.assert(
    fc.property(fc.array(word), (words) => {
      // What HTML itself reads differently: no paragraph without a word, no control characters.
      const text = words
        .join(" ")
        .replace(/[\p{Cc}\p{Co}\p{Cs}]/gu, (sign) => (sign === "\n" ? sign : ""))
        .trim();
      const tree = parseFragment(formatted(text)) as unknown as Node;
      expect(read(tree)).toBe(text.replace(/\n{3,}/g, "\n\n"));
    }),
  );
});
