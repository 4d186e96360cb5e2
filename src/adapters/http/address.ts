/** An address in a channel's settings. */

import { z } from "zod";

export const httpAddress = z.url({ protocol: /^https?$/, error: "expected an http or https address" });
