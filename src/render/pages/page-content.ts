/** The title and content of a page for readers. */

import type { Markup } from "#core/posts/markup.ts";

export interface PageContent {
  title: string;
  main: Markup;
  /** Elements in the head of the page. */
  head?: Markup[];
}
