/** A token of a program, and the book of all of them. */

import type { Permission } from "./permission.ts";

export interface ApiToken {
  name: string;
  /** What it may do. */
  scopes: Permission[];
  /** `null`: all. */
  channels: string[] | null;
  lists: string[] | null;
  createdBy: string;
  createdAt: Date;
  /** `null`: it has no end. */
  expiresAt: Date | null;
  /** Exact to a minute. `null`: never. */
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

export type NewToken = Pick<ApiToken, "name" | "scopes" | "channels" | "lists" | "expiresAt">;

export interface TokenBook {
  /** Newest first, with revoked and expired ones. */
  list(): Promise<ApiToken[]>;
  /** @param hash - of the secret, which is not stored. @throws PostriderError `conflict` if a token that is not revoked has the name */
  add(token: NewToken, hash: string, actor: string): Promise<ApiToken>;
  /** Returns whether there was such a token. */
  revoke(name: string, actor: string): Promise<boolean>;
  /** The token with this hash, and records that it is used; `null` if it is unknown, revoked or expired. */
  use(hash: string): Promise<ApiToken | null>;
}
