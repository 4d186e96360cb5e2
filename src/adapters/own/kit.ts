/** The tools that an operator's own adapter receives, so that its file needs no imports. */

import { z } from "zod";
import { DeliveryError } from "#core/sending/delivery.ts";
import { httpAddress } from "../http/address.ts";
import { answered } from "../http/answered.ts";
import { brokenThread } from "../http/broken-thread.ts";
import { fetchPicture } from "../http/picture.ts";
import { pauseWhenUsedUp } from "../http/rate-limit.ts";
import { request } from "../http/request.ts";

export const kit = {
  /** https://zod.dev: describes settings and answers. */
  z,
  httpAddress,
  /** One HTTP request: bounded, never redirected, every way to fail named as a `DeliveryError`. */
  request,
  /** Reads the JSON of a network that has already taken the message. */
  answered,
  /** The bytes of a post's picture. */
  fetchPicture,
  /** Milliseconds until the network's limit ends, once it is used up: a receipt's `pauseMs`. */
  pauseWhenUsedUp,
  /** What to throw where a thread broke off after its first parts. */
  brokenThread,
  DeliveryError,
};

export type AdapterKit = typeof kit;
