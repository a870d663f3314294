/** The product's sign and name. */
export function Wordmark() {
  return (
    <span className="flex items-center gap-2.5 text-[17px] font-semibold tracking-tight">
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden>
        <rect width="32" height="32" rx="8" fill="var(--accent)" />
        <path
          d="M6 10.5c3.3 0 3.3 3 6.7 3s3.3-3 6.6-3 3.4 3 6.7 3M6 16c3.3 0 3.3 3 6.7 3s3.3-3 6.6-3 3.4 3 6.7 3M6 21.5c3.3 0 3.3 3 6.7 3s3.3-3 6.6-3 3.4 3 6.7 3"
          fill="none"
          stroke="#fff"
          strokeWidth="2.4"
          strokeLinecap="round"
        />
      </svg>
      Millrace
    </span>
  );
}
