/** Postrider as a library: open a site, read a post, publish it, ask the ledger. The command line stands on the same. */

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
export type { Content, Reading } from "#core/content.ts";
export {
  type Counts,
  DeliveryError,
  type DeliveryState,
  deliveryStates,
  type Failure,
  type Receipt,
} from "#core/delivery.ts";
export type { Diagnostic } from "#core/diagnostic.ts";
export { ConfigError, type ErrorCode, PostriderError } from "#core/errors.ts";
export type { Log } from "#core/log.ts";
export type { Post, Site } from "#core/post.ts";
export type { Channel, ChannelReport, PublicationReport } from "#core/publication.ts";
export type { Published, PublishRequest } from "#core/publishing.ts";
export type { EmailRendition, FeedRendition, Medium, NoteRendition, Rendition } from "#core/rendition.ts";
export { preview } from "#pipeline/preview.ts";
export { publish } from "#pipeline/publish.ts";
export { waitUntilSettled } from "#pipeline/settle.ts";
