/** The interface's words in Arabic. */

import type { Words } from "../vocabulary.ts";

const duration = new Intl.NumberFormat("ar", { style: "unit", unit: "minute", unitDisplay: "long" });

export const arabic: Words = {
  language: "ar",
  direction: "rtl",
  viewInBrowser: "العرض في المتصفح",
  readOnWeb: "القراءة على الموقع",
  continueReading: "متابعة القراءة",
  by: (names) => `بقلم ${names}`,
  minutes: (minutes) => `مدة القراءة: ${duration.format(minutes)}`,
  notes: "الحواشي",
  note: "حاشية",
  media: (host) => `التشغيل على ${host}`,
  open: (host) => `الفتح على ${host}`,
  image: (alt) => `صورة: ${alt}`,
  wideTable: "هذا الجدول عريض: يمكن الاطلاع عليه على الموقع.",
  links: "الروابط",
  reason: (list, site) =>
    list === site ? `تصلك هذه الرسالة لأنك مشترك في ${site}.` : `تصلك هذه الرسالة لأنك مشترك في «${list}» من ${site}.`,
  unsubscribe: "إلغاء الاشتراك",
  withdrawn: "سحب الكاتب هذه المقالة.",
  alsoOn: "أيضًا على",
  preferences: "التفضيلات",
  reader: "القارئ الكريم",
  callouts: { note: "ملاحظة", tip: "نصيحة", important: "مهم", warning: "تحذير", caution: "تنبيه" },
  digest: {
    subject: (site) => `الجديد في ${site}`,
    posts: (count) => `عدد المقالات: ${count}`,
  },
  confirm: {
    subject: (list, site) => `يُرجى التأكيد: ${full(list, site)}`,
    body: (list, site) =>
      `طلب أحدهم، ونرجو أن تكون أنت، استلام ${full(list, site)} على هذا العنوان. نقرة واحدة وتصلك الرسالة القادمة.`,
    button: "نعم، أرسلوها إليّ",
    ignore: "إن لم تكن أنت من طلب ذلك فلا تفعل شيئًا: من دون النقرة لن تصلك منا رسالة أخرى.",
  },
  data: {
    subject: (_list, site) => `بياناتك لدى ${site}`,
    body: (_list, site) => `من هنا تصل إلى كل ما تعرفه ${site} عنك. الرابط صالح لساعة.`,
    button: "فتح بياناتي",
    ignore: "إن لم تكن أنت من طلب ذلك فلا تفعل شيئًا ولا تُعِد توجيه هذه الرسالة، فلا يفتح الرابط إلا من يملكها.",
  },
  welcome: {
    subject: (list, site) => `أهلًا بك في ${full(list, site)}`,
    body: (list, site) =>
      `أنت الآن مشترك في ${full(list, site)}. ستصلك الرسالة القادمة من تلقاء نفسها، وفي أسفل كل رسالة رابط لإلغاء الاشتراك.`,
    button: "الاطلاع على ما نُشر",
  },
};

function full(list: string, site: string): string {
  return list === site ? site : `«${list}» من ${site}`;
}
