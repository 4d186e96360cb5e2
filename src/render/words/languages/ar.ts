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
      `طلبتَ استلام ${full(list, site)} على هذا العنوان. أكِّد ذلك بنقرة واحدة. إن لم تكن أنت من طلب ذلك فتجاهل هذه الرسالة.`,
    button: "تأكيد الاشتراك",
    ignore: "إذا لم تؤكِّد فلن نرسل إليك أي رسالة أخرى.",
  },
  data: {
    subject: (_list, site) => `بياناتك لدى ${site}`,
    body: (_list, site) => `يعرض هذا الرابط كل ما تعرفه ${site} عنك، وهو صالح لمدة ساعة.`,
    button: "فتح بياناتي",
    ignore: "إن لم تكن أنت من طلب ذلك فلا تفعل شيئًا. لا تُعِد توجيه هذه الرسالة: كل من يملكها يستطيع فتح الرابط.",
  },
  welcome: {
    subject: (list, site) => `أهلًا بك في ${full(list, site)}`,
    body: (list, site) =>
      `أنت الآن مشترك في ${full(list, site)}. ستصلك الرسالة القادمة. في أسفل كل رسالة رابط لإلغاء الاشتراك.`,
    button: "الاطلاع على ما نُشر",
  },
};

function full(list: string, site: string): string {
  return list === site ? site : `«${list}» من ${site}`;
}
