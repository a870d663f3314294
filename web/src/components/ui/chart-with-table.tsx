import { ChartColumn, Table } from "lucide-react";
import { useState, type ReactNode } from "react";
import { IconButton } from "./button";

/** A chart under its title, and the same numbers as a table for those who would rather read them. */
export function ChartWithTable({
  title,
  columns,
  rows,
  children,
}: {
  title: string;
  /** What each column of the table is. */
  columns: readonly string[];
  /** The rows of the table, a cell for each column; the first names the row. */
  rows: readonly (readonly ReactNode[])[];
  /** The chart. */
  children: ReactNode;
}) {
  const [asTable, setAsTable] = useState(false);
  return (
    <section aria-label={title} className="border-line bg-surface rounded-card border p-4">
      <div className="mb-3 flex items-center justify-between gap-2">
        <h2 className="font-semibold">{title}</h2>
        <IconButton
          label={asTable ? `Show ${title} as a chart` : `Show ${title} as a table`}
          onClick={() => setAsTable((was) => !was)}
        >
          {asTable ? <ChartColumn size={15} aria-hidden /> : <Table size={15} aria-hidden />}
        </IconButton>
      </div>
      {asTable ? (
        <div className="max-h-64 overflow-auto">
          <table className="w-full border-collapse">
            <thead>
              <tr className="border-line text-quiet border-b">
                {columns.map((column, index) => (
                  <th
                    key={column}
                    scope="col"
                    className={`py-1.5 font-medium ${index === 0 ? "text-left" : "text-right"}`}
                  >
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                <tr key={at} className="border-line border-b last:border-0">
                  {row.map((cell, index) =>
                    index === 0 ? (
                      <th key={index} scope="row" className="py-1.5 text-left font-normal">
                        {cell}
                      </th>
                    ) : (
                      <td key={index} className="py-1.5 text-right tabular-nums">
                        {cell}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <div className="h-64">{children}</div>
      )}
    </section>
  );
}
