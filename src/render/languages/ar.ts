/** Arabic. */

import type { Words } from "../words.ts";

export const arabic: Words = {
  language: "ar",
  direction: "rtl",
  viewInBrowser: "عرض في المتصفح",
  readOnWeb: "اقرأ على الويب",
  continueReading: "متابعة القراءة",
  by: (names) => `بقلم ${names}`,
  minutes: (minutes) => `مدة القراءة: ${minutes} د`,
  notes: "ملاحظات",
  note: "ملاحظة",
  media: (host) => `تشغيل على ${host}`,
  image: (alt) => `صورة: ${alt}`,
  wideTable: "هذا الجدول عريض؛ يمكن عرضه كاملًا على الويب.",
  links: "روابط",
  reason: (list, site) =>
    list === site ? `تصلك هذه الرسالة لأنك مشترك في ${site}.` : `تصلك هذه الرسالة لأنك مشترك في «${list}» من ${site}.`,
  unsubscribe: "إلغاء الاشتراك",
  withdrawn: "سحب الكاتب هذه المقالة.",
  callouts: { note: "ملاحظة", tip: "نصيحة", important: "مهم", warning: "تحذير", caution: "تنبيه" },
};
