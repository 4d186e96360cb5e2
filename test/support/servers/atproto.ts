/** A personal data server of one account, as far as posting needs one (https://docs.bsky.app/docs/api/at-protocol-xrpc-api). */

import { type Answer, type Asked, openScriptedServer, type ScriptedServer } from "#contract/scripted-server.ts";
import { sha256 } from "#core/sending/idempotency.ts";

export interface ScriptedPds extends ScriptedServer {
  /** By key. */
  records: Map<string, unknown>;
  /** Instead of taking a record. */
  onWrite: ((asked: Asked) => Answer) | null;
  /** Access tokens that are no longer good. */
  expired: Set<string>;
  /** The refresh token is no longer good either. */
  revoked: boolean;
  /** DIDs by handle. */
  handles: Map<string, string>;
  /** Added to the answer to a written record. */
  headers: Record<string, string>;
}

const did = "did:plc:abc";

export async function openScriptedPds(): Promise<ScriptedPds> {
  let tokens = 0;
  const server = await openScriptedServer((asked) => answer(asked));
  const pds: ScriptedPds = Object.assign(server, {
    records: new Map<string, unknown>(),
    onWrite: null,
    expired: new Set<string>(),
    revoked: false,
    handles: new Map<string, string>(),
    headers: {},
  });
  const session = () => {
    tokens += 1;
    return json(200, {
      did,
      handle: "news.example.org",
      accessJwt: `access-${tokens}`,
      refreshJwt: `refresh-${tokens}`,
    });
  };
  const refOf = (rkey: string) => ({
    uri: `at://${did}/app.bsky.feed.post/${rkey}`,
    cid: `bafyrei${sha256(JSON.stringify(pds.records.get(rkey))).slice(0, 52)}`,
  });

  const answer = (asked: Asked): Answer => {
    const { pathname, searchParams } = new URL(asked.path, "http://localhost");
    const method = pathname.slice("/xrpc/".length);
    const token = asked.headers.authorization?.replace("Bearer ", "") ?? "";
    if (method === "com.atproto.server.createSession") {
      const { password } = JSON.parse(asked.body) as { password: string };
      return password === "s3cret-pass" ? session() : xrpcError(401, "AuthenticationRequired");
    }
    if (method === "com.atproto.server.refreshSession") {
      if (asked.body !== "") return xrpcError(400, "InvalidRequest");
      return pds.revoked ? xrpcError(400, "ExpiredToken") : session();
    }
    if (pds.expired.has(token)) return xrpcError(400, "ExpiredToken");
    if (method === "com.atproto.repo.getRecord") {
      const rkey = searchParams.get("rkey") ?? "";
      if (!pds.records.has(rkey)) return xrpcError(400, "RecordNotFound");
      return json(200, { ...refOf(rkey), value: pds.records.get(rkey) });
    }
    if (method === "com.atproto.repo.putRecord") {
      const { rkey, record } = JSON.parse(asked.body) as { rkey: string; record: unknown };
      if (pds.onWrite) return pds.onWrite(asked);
      pds.records.set(rkey, record);
      return json(200, refOf(rkey), pds.headers);
    }
    if (method === "com.atproto.repo.deleteRecord") {
      pds.records.delete((JSON.parse(asked.body) as { rkey: string }).rkey);
      return json(200, {});
    }
    if (method === "com.atproto.repo.uploadBlob") {
      const ref = { $link: "bafkreithumb" };
      return json(200, { blob: { $type: "blob", ref, mimeType: asked.headers["content-type"], size: 12 } });
    }
    if (method === "com.atproto.identity.resolveHandle") {
      const found = pds.handles.get(searchParams.get("handle") ?? "");
      return found ? json(200, { did: found }) : xrpcError(400, "InvalidRequest");
    }
    return method === "com.atproto.server.getSession" ? json(200, { did }) : xrpcError(501, "MethodNotImplemented");
  };
  return pds;
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}

function xrpcError(status: number, error: string): Answer {
  return json(status, { error, message: `as the documents say: ${error}` });
}
