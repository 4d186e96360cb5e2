/** The words of the readers' pages in Japanese. */

import type { PageWords } from "../vocabulary.ts";

export const japanese: PageWords = {
  invalidLink: {
    title: "このリンクは使えません",
    body: "リンクの期限が切れているか、リンクが途中で切れている可能性があります。どのメールの末尾にも新しいリンクがあります。",
  },
  unsubscribe: {
    title: "配信停止",
    body: (list) => `ボタンを押すと、「${list}」の配信を停止します。`,
    button: "配信を停止する",
  },
  unsubscribed: {
    title: "配信を停止しました",
    body: (list) => `「${list}」は今後届きません。すでに送信中のメールは届くことがあります。`,
    mistake: "お間違いでしたか？",
    again: "もう一度購読する",
  },
  subscribe: {
    title: (site) => `${site} を購読する`,
    body: "リンクの入ったメールを一通お送りします。リンクを押すまで、ほかのメールは送りません。",
    address: "メールアドレス",
    name: "お名前",
    optional: "任意",
    lists: "受け取りたいもの",
    button: "購読する",
    leaveEmpty: "この欄は空のままにしてください",
  },
  problems: {
    title: "もう一度ご確認ください",
    address: "メールアドレスを最後まで入力してください（例：name@example.org）。",
    lists: "一つ以上選んでください。",
    forget: "よろしければチェックを入れてください。",
  },
  asked: {
    title: "メールをご確認ください",
    body: "このアドレスがまだ登録されていない場合は、リンクの入ったメールをお送りしました。リンクを押して確認してください。リンクは三日間有効です。",
  },
  tooMany: { title: "リクエストが多すぎます", body: "数分待ってから、もう一度お試しください。" },
  confirm: {
    title: "購読の確認",
    body: (list) => `ボタンを押すと、「${list}」が届くようになります。`,
    button: "購読を確認する",
  },
  confirmed: { title: "ようこそ", body: (list) => `登録が完了しました。次の「${list}」からお届けします。` },
  preferences: {
    title: "配信設定",
    body: (address) => `${address} 宛てのメール`,
    lists: "受け取るもの",
    frequency: "頻度",
    each: "すべてのメール",
    weekly: "週に一通まで",
    monthly: "月に一通まで",
    nameKept: "お名前は登録済みですが、ここには表示しません。変更しない場合は空欄のままにしてください。",
    frequencyNote: "ほかのメールを後からお送りすることはありません。アーカイブでお読みいただけます。",
    language: "ボタンと案内文の言語",
    save: "保存する",
    saved: "設定を保存しました。",
    leaveAll: "すべての配信を停止する",
    leftAll: "今後メールは届きません。",
  },
  tracking: {
    title: "計測について",
    none: "何も計測していません。開封もリンクのクリックも記録しません。",
    some: (lists) => `${lists} では、開封とクリックされたリンクを記録します。`,
  },
  data: {
    title: "あなたのデータ",
    body: "保存されているあなたの情報を、すべてダウンロードまたは削除できます。ご本人であることを確認するため、あなたのアドレスにリンクを送ります。リンクは一時間有効です。",
    button: "リンクを送る",
    sent: { title: "メールをご確認ください", body: "リンクの入ったメールをお送りしました。リンクは一時間有効です。" },
    open: "データを開く",
    download: "すべてを JSON でダウンロードする",
  },
  forget: {
    title: "情報の削除",
    body: "アドレス、お名前、お知らせいただいた内容をすべて削除します。残るのは、ほかの人があなたのアドレスを登録しても二度とメールを送らないための符号だけです。取り消しはできません。",
    sure: "確認しました",
    button: "削除する",
    done: { title: "削除しました", body: "あなたについての情報はすべて削除されました。" },
  },
  front: {
    blog: "ブログを読む",
    newest: "最新のメール",
    feeds: "フィード",
    feedsNote: "フィードを使うと、フィードリーダーで新しい記事を読めます。アカウントは要りません。",
    allFeeds: "すべてのフィード",
  },
  archive: {
    title: "アーカイブ",
    empty: "まだ何も送信されていません。",
    notFound: { title: "アーカイブにありません", body: "このアドレスにメールはないか、公開されていません。" },
    withdrawn: { title: "取り下げられました", body: "この記事は公開者によって取り下げられました。" },
  },
};
