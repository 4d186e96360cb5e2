/** Parses a relay's address: `smtp://user:password@relay.example:587`. */

import XOAuth2 from "nodemailer/lib/xoauth2";

export interface Relay {
  host: string;
  port: number;
  /** TLS from the first byte (`smtps:`). */
  secure: boolean;
  /** Insist on STARTTLS. Default: whenever a password would otherwise cross a network in the clear. */
  requireTls: boolean;
  user?: string;
  password?: string;
  /** Logs in with a token in place of a password (XOAUTH2). */
  token?: XOAuth2;
}

/** What Google and Microsoft ask for instead of a password. */
export interface OAuth {
  user: string;
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  /** Where the refresh token is turned into an access token. */
  accessUrl: string;
}

/**
 * @param oauth - whose token is fetched when one is needed, and kept until it has expired; it is as secret as a password.
 * @throws TypeError with a message that repeats nothing of the address, since that may hold a password.
 */
export function parseRelay(url: string, requireTls?: boolean, oauth?: OAuth): Relay {
  const parsed = URL.parse(url);
  if (!parsed || !/^smtps?:$/.test(parsed.protocol) || !parsed.hostname)
    throw new TypeError(
      "expected smtp://host:port, smtps://user:password@host, ses:<region>, sendmail:<program>, or inbox:<folder>",
    );
  const secure = parsed.protocol === "smtps:";
  const host = parsed.hostname.replace(/^\[|\]$/g, "");
  const user = oauth?.user ?? decoded(parsed.username);
  return {
    host,
    port: parsed.port ? Number(parsed.port) : secure ? 465 : user ? 587 : 25,
    secure,
    requireTls: requireTls ?? (Boolean(user) && !secure && !isLoopback(host)),
    ...(user && { user, password: decoded(parsed.password) }),
    ...(oauth && { token: new XOAuth2({ ...oauth }) }),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new TypeError('user and password must be percent-encoded ("%" is written "%25", "@" is "%40")');
  }
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d+){3}$/.test(host);
}
