/**
 * Postrider as a library: open a site, read a post, publish it, ask the ledger. The command line uses the same
 * functions.
 */

export type { AdapterKit } from "#app.ts";
export {
  type App,
  channelsNamed,
  type OpenOptions,
  openApp,
  openPreview,
  openSite,
  type SiteContext,
  systemClock,
} from "#app.ts";
export type {
  Adapter,
  EmailRecipient,
  Envelope,
  Schema,
  Tools,
  Traits,
  Transport,
} from "#core/adapter.ts";
export { ConfigError, type ErrorCode, PostriderError } from "#core/errors.ts";
export type { Log } from "#core/log.ts";
export type { Content, Reading } from "#core/posts/content.ts";
export type { Diagnostic } from "#core/posts/diagnostic.ts";
export type { Post, Site } from "#core/posts/post.ts";
export type { Channel, ChannelReport, PublicationReport } from "#core/publishing/publication.ts";
export type { Published, PublishRequest } from "#core/publishing/publishing.ts";
export type { EmailRendition, FeedRendition, Medium, NoteRendition, Rendition } from "#core/renditions/rendition.ts";
export {
  type Counts,
  DeliveryError,
  type DeliveryState,
  deliveryStates,
  type Failure,
  type Receipt,
} from "#core/sending/delivery.ts";
export { preview } from "#pipeline/pages/preview.ts";
export { publish } from "#pipeline/publishing/publish.ts";
export { waitUntilSettled } from "#pipeline/sending/wait.ts";
