/** Passkeys (WebAuthn): what a browser is asked to sign, and whether it has. */

import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { NewPasskey, Passkey, PasskeyBook } from "#core/people/identity.ts";
import { secretHash } from "#core/people/secret.ts";

export interface Passkeys {
  /** What the browser needs to make a passkey for somebody who is signed in. */
  toAdd(person: string): Promise<object>;
  /** @param said - by the browser. @throws PostriderError `invalid` */
  added(person: string, said: unknown): Promise<NewPasskey>;
  /** What the browser needs to sign in. */
  toSignIn(): Promise<object>;
  /** The passkey that signed, and its counter. @param said - by the browser. @throws PostriderError `unauthorized` */
  signedIn(said: unknown): Promise<{ id: string; counter: number }>;
}

/** @param address - our public address. Passkeys belong to its host. */
export function openPasskeyDesk(
  address: string,
  title: string,
  book: Pick<PasskeyBook, "list" | "find" | "addChallenge" | "useChallenge">,
): Passkeys {
  const { hostname: rpID, origin } = new URL(address);
  const expected = {
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
    expectedChallenge: (challenge: string) => book.useChallenge(secretHash(challenge)),
  };
  return {
    async toAdd(person) {
      const options = await generateRegistrationOptions({
        ...{ rpName: title, rpID, userName: person, attestationType: "none" },
        userID: new TextEncoder().encode(secretHash(`passkey\n${person}`)).slice(0, 64),
        excludeCredentials: (await book.list(person)).map(({ id, transports }) => ({
          id,
          transports: transports as never[],
        })),
        // Found without a name, and only with a fingerprint, a face or a PIN.
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
      });
      await book.addChallenge(secretHash(options.challenge));
      return options;
    },
    async added(person, said) {
      const verified = await verifyRegistrationResponse({
        ...expected,
        response: said as RegistrationResponseJSON,
      }).catch((cause: unknown) => ({ verified: false as const, why: messageOf(cause) }));
      if (!verified.verified)
        throw new PostriderError("invalid", "The passkey could not be added", {
          hint: "why" in verified ? verified.why : "Try again.",
        });
      const { credential } = verified.registrationInfo;
      const { id, publicKey, counter, transports = [] } = credential;
      return { id, person, publicKey, counter, transports };
    },
    async toSignIn() {
      const options = await generateAuthenticationOptions({ rpID, userVerification: "required" });
      await book.addChallenge(secretHash(options.challenge));
      return options;
    },
    async signedIn(said) {
      const response = said as AuthenticationResponseJSON;
      const known = typeof response?.id === "string" ? await book.find(response.id) : null;
      const verified =
        known && (await verifyAuthenticationResponse(withKey(response, known, expected)).catch(() => null));
      if (!known || !verified?.verified)
        throw new PostriderError("unauthorized", "This passkey can't be used here", {
          hint: "Sign in in another way, and add the passkey again.",
        });
      return { id: known.id, counter: verified.authenticationInfo.newCounter };
    },
  };
}

function withKey<Expected extends object>(response: AuthenticationResponseJSON, known: Passkey, expected: Expected) {
  const { id, counter, transports } = known;
  const credential = { id, counter, publicKey: new Uint8Array(known.publicKey), transports: transports as never[] };
  return { ...expected, response, credential };
}
