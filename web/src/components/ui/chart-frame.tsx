import { ChartLine, Table2 } from "lucide-react";
import { Suspense, useState, type ReactNode } from "react";
import { Button } from "./button";
import { Skeleton } from "./states";

/** What a chart shows, as rows of text: for those who read numbers rather than lines. */
export interface ChartTable {
  columns: readonly string[];
  rows: readonly (readonly (string | number)[])[];
}

/** A chart with its title, and the same figures as a table; where there is nothing to draw, `empty` says so. */
export function ChartFrame({
  title,
  about,
  empty,
  table,
  children,
}: {
  title: string;
  about?: ReactNode;
  empty?: string;
  table: ChartTable;
  children: ReactNode;
}) {
  const [asTable, setAsTable] = useState(false);
  return (
    <section aria-label={title} className="bg-surface border-line rounded-card border">
      <header className="flex items-start justify-between gap-4 px-4 pt-3 pb-1">
        <div className="min-w-0">
          <h2 className="text-reading font-semibold">{title}</h2>
          {about && <p className="text-quiet">{about}</p>}
        </div>
        {empty === undefined && (
          <Button
            size="small"
            look="quiet"
            aria-pressed={asTable}
            aria-label={`Show ${title.toLowerCase()} as a ${asTable ? "chart" : "table"}`}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? <ChartLine size={13} aria-hidden /> : <Table2 size={13} aria-hidden />}
            {asTable ? "Chart" : "Table"}
          </Button>
        )}
      </header>
      {empty !== undefined ? (
        <p className="text-quiet grid h-72 place-items-center px-6 pb-3 text-center">{empty}</p>
      ) : asTable ? (
        <div
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keys
          tabIndex={0}
          role="group"
          aria-label={`${title}, table`}
          className="max-h-80 overflow-auto px-4 pb-4"
        >
          <table className="w-full border-collapse tabular-nums">
            <caption className="sr-only">{title}</caption>
            <thead>
              <tr>
                {table.columns.map((column, index) => (
                  <th
                    key={column}
                    scope="col"
                    className={`border-line bg-surface text-quiet sticky top-0 border-b py-1.5 pr-4 font-medium ${index ? "text-right" : "text-left"}`}
                  >
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row, line) => (
                <tr key={line}>
                  {row.map((value, index) =>
                    index ? (
                      <td key={index} className="border-line border-b py-1.5 pr-4 text-right">
                        {value}
                      </td>
                    ) : (
                      <th
                        key={index}
                        scope="row"
                        className="border-line border-b py-1.5 pr-4 text-left font-normal"
                      >
                        {value}
                      </th>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <div role="img" aria-label={`${title}. The figures are in the table.`} className="h-72 px-2 pb-3">
          <Suspense fallback={<Skeleton className="mx-2 h-full" />}>{children}</Suspense>
        </div>
      )}
    </section>
  );
}
