/** Japanese. */

import type { Words } from "../words.ts";

export const japanese: Words = {
  language: "ja",
  direction: "ltr",
  viewInBrowser: "ブラウザで表示",
  readOnWeb: "ウェブで読む",
  continueReading: "続きを読む",
  by: (names) => names,
  minutes: (minutes) => `約${minutes}分で読めます`,
  notes: "注",
  note: "注",
  media: (host) => `${host}で再生`,
  image: (alt) => `画像：${alt}`,
  wideTable: "この表は幅が広いため、ウェブでご覧ください。",
  links: "リンク",
  reason: (list, site) =>
    list === site
      ? `このメールは、${site}を購読されている方にお送りしています。`
      : `このメールは、${site}の「${list}」を購読されている方にお送りしています。`,
  unsubscribe: "配信停止",
  withdrawn: "この記事は取り下げられました。",
  callouts: { note: "メモ", tip: "ヒント", important: "重要", warning: "警告", caution: "注意" },
};
