/** Declared jobs: what is published when, and to whom, without anybody typing a command. */

/** Publishes every post that appears, as soon as it may be seen. */
export interface PublishJob {
  /** The file's stem. */
  name: string;
  kind: "publish";
  description: string;
  channels: string[];
}
