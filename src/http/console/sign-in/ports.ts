/** What signing in with a provider or a passkey needs. */

import type { Identity, NewPasskey } from "#core/people/identity.ts";
import type { DeskPorts } from "#desk/ports.ts";
import type { Limit } from "../../limit.ts";
import type { NetworkOf } from "../../network.ts";

/** What the browser keeps while it is at the provider. */
export interface BegunSignIn {
  state: string;
  nonce: string;
  verifier: string;
}

export interface Provider {
  begin(): Promise<BegunSignIn & { url: string }>;
  finish(query: URLSearchParams, begun: BegunSignIn): Promise<Identity>;
}

export interface PasskeyDesk {
  toAdd(person: string): Promise<object>;
  added(person: string, said: unknown): Promise<NewPasskey>;
  toSignIn(): Promise<object>;
  signedIn(said: unknown): Promise<{ id: string; counter: number }>;
}

export interface SignInPorts {
  desk: DeskPorts;
  /** The server's public address begins with `https:`: cookies are then only sent over TLS. */
  isSecure: boolean;
  /** Loaded when somebody signs in with it. `null`: none is configured. */
  provider: (() => Promise<Provider>) | null;
  /** Loaded when somebody uses one. */
  passkeys(): Promise<PasskeyDesk>;
  network: NetworkOf;
  limit: Limit;
}
