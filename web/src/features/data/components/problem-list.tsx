import { Download } from "lucide-react";
import type { ImportFound } from "@/lib/api/types";
import { targetNames } from "../formats";

const fieldName = (field: string) =>
  targetNames[field] ?? (field.startsWith("custom.") ? field.slice(7) : field.replaceAll("_", " "));

/** What is wrong with which line, and what was done about it. */
export function ProblemList({ found }: { found: ImportFound }) {
  const { import: about, problems, next, unread, problems_url: table } = found;
  if (problems.length === 0 && unread.length === 0) {
    return (
      <p className="text-quiet">
        {about.state === "done" ? "Every line was imported as is." : "Every line can be imported as is."}
      </p>
    );
  }
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold">Problems</h3>
        {table && (
          <a
            href={table}
            rel="noopener noreferrer"
            className="text-accent-ink inline-flex items-center gap-1 hover:underline"
          >
            <Download size={14} aria-hidden />
            Download all of it as CSV
          </a>
        )}
      </div>
      {unread.length > 0 && (
        <p className="text-quiet mb-2">
          Columns that are left out: {unread.map(({ name, values }) => `${name} (${values})`).join(", ")}
        </p>
      )}
      <div
        className="border-line rounded-card max-h-80 overflow-auto border"
        role="region"
        aria-label="Problems"
      >
        <table className="w-full text-left">
          <thead className="text-quiet bg-surface sticky top-0">
            <tr className="border-line border-b">
              {["Line", "Field", "Problem", "Skipped"].map((name) => (
                <th key={name} scope="col" className="px-3 py-2 font-medium whitespace-nowrap">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-line divide-y">
            {problems.map(({ line, field, message, left_out }, index) => (
              <tr key={`${line} ${field} ${index}`}>
                <td className="px-3 py-2 align-top tabular-nums">{line === 0 ? "All" : line}</td>
                <td className="px-3 py-2 align-top whitespace-nowrap first-letter:uppercase">
                  {fieldName(field)}
                </td>
                <td className="px-3 py-2 align-top break-words">{message}</td>
                <td className="text-quiet px-3 py-2 align-top whitespace-nowrap">
                  {left_out ? "Line" : "Field"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {next && (
        <p className="text-faint text-meta mt-1">
          The first {problems.length.toLocaleString()} of {about.problem_count.toLocaleString()}. The download
          has a line for each.
        </p>
      )}
    </div>
  );
}
