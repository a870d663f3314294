import type { ImportFound } from "@/lib/api/types";

/** The first tasks of a file, as they would be made. */
export function ImportPreview({ tasks }: { tasks: ImportFound["preview"] }) {
  return (
    <div>
      <h3 className="mb-2 font-semibold">Preview</h3>
      <div className="border-line rounded-card overflow-x-auto border" role="region" aria-label="Preview">
        <table className="w-full min-w-[560px] text-left">
          <thead className="text-quiet">
            <tr className="border-line border-b">
              {["Title", "Column", "Priority", "Assignees", "Labels", "Due"].map((name) => (
                <th key={name} scope="col" className="px-3 py-2 font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-line divide-y">
            {tasks.map((task) => (
              <tr key={task.line}>
                <td className="max-w-[220px] truncate px-3 py-2 font-medium">{task.title}</td>
                <td className="px-3 py-2">{task.column}</td>
                <td className="px-3 py-2 first-letter:uppercase">{task.priority}</td>
                <td className="px-3 py-2">{task.assignees.join(", ")}</td>
                <td className="px-3 py-2">{task.labels.join(", ")}</td>
                <td className="px-3 py-2 whitespace-nowrap tabular-nums">{task.due_date}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
