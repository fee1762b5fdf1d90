const STEPS = ["B", "KB", "MB", "GB", "TB"] as const;

/** Bytes as people read them: "312 B", "2.1 KB", "6.1 GB" (1 KB = 1,000 B). */
export function formatBytes(bytes: number, locale = "en"): string {
  let value = Math.max(0, bytes);
  let step = 0;
  while (value >= 999.5 && step < STEPS.length - 1) {
    value /= 1000;
    step++;
  }
  const digits = step === 0 || value >= 99.95 ? 0 : 1;
  const text = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    value,
  );
  return `${text} ${STEPS[step]}`;
}
