/** The interface's words in Japanese. */

import type { Words } from "../vocabulary.ts";

export const japanese: Words = {
  language: "ja",
  direction: "ltr",
  viewInBrowser: "ブラウザーで表示",
  readOnWeb: "ウェブで読む",
  continueReading: "続きを読む",
  by: (names) => `${names} 著`,
  minutes: (minutes) => `約${minutes}分で読めます`,
  notes: "注",
  note: "注",
  media: (host) => `${host} で再生`,
  open: (host) => `${host} で開く`,
  image: (alt) => `画像：${alt}`,
  wideTable: "この表は幅が広いため、ウェブでご覧ください。",
  links: "リンク",
  reason: (list, site) =>
    list === site
      ? `${site} を購読されているため、このメールをお送りしています。`
      : `${site} の「${list}」を購読されているため、このメールをお送りしています。`,
  unsubscribe: "配信停止",
  withdrawn: "この記事は取り下げられました。",
  alsoOn: "ほかの場所:",
  preferences: "配信設定",
  reader: "読者",
  callouts: { note: "メモ", tip: "ヒント", important: "重要", warning: "警告", caution: "注意" },
  digest: {
    subject: (site) => `${site} の新着記事`,
    posts: (count) => `${count}件の記事`,
  },
  confirm: {
    subject: (list, site) => `ご確認ください：${full(list, site)}`,
    body: (list, site) =>
      `このアドレスで ${full(list, site)} の購読のお申し込みがありました。下のボタンを押して確認してください。お心当たりがない場合は、このメールを無視してください。`,
    button: "購読を確認する",
    ignore: "確認されない場合、今後メールをお送りすることはありません。",
  },
  data: {
    subject: (_list, site) => `${site} に保存されているあなたのデータ`,
    body: (_list, site) =>
      `次のリンクから、${site} に保存されているあなたの情報をすべて見ることができます。リンクは一時間有効です。`,
    button: "データを開く",
    ignore:
      "お心当たりがない場合は、何もしないでください。このメールを転送しないでください。このメールを持つ人は誰でもリンクを開けます。",
  },
  welcome: {
    subject: (list, site) => `${full(list, site)} へようこそ`,
    body: (list, site) =>
      `${full(list, site)} の購読を開始しました。次号から自動的に届きます。配信停止のリンクは各号の末尾にあります。`,
    button: "これまでの記事を見る",
  },
};

function full(list: string, site: string): string {
  return list === site ? site : `${site} の「${list}」`;
}
