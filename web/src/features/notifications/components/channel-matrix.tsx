import type { ChannelsByKind } from "@/lib/api/types";
import { kindNames, kinds } from "../words";

const channels = [
  { id: "in_app", name: "Inbox" },
  { id: "email", name: "Email" },
  { id: "digest", name: "Daily summary" },
] as const;

/** For each kind of event, the ways by which a person hears of it. */
export function ChannelMatrix({
  events,
  onChange,
}: {
  events: ChannelsByKind;
  onChange: (events: ChannelsByKind) => void;
}) {
  return (
    <table className="w-full border-collapse">
      <thead>
        <tr className="text-faint text-meta border-line border-b">
          <th scope="col" className="py-2 text-left font-medium">
            When
          </th>
          {channels.map(({ id, name }) => (
            <th key={id} scope="col" className="w-24 px-1 py-2 text-center font-medium max-sm:w-16">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => (
          <tr key={kind} className="border-line hover:bg-hover border-b">
            <th scope="row" className="py-2.5 pr-3 text-left font-normal">
              {kindNames[kind]}
            </th>
            {channels.map(({ id, name }) => (
              <td key={id} className="p-0 text-center">
                <label className="flex min-h-10 cursor-pointer items-center justify-center touch:min-h-11">
                  <span className="sr-only">{`${kindNames[kind]}: ${name}`}</span>
                  <input
                    type="checkbox"
                    checked={events[kind][id]}
                    onChange={(event) =>
                      onChange({ ...events, [kind]: { ...events[kind], [id]: event.target.checked } })
                    }
                    className="accent-accent size-4"
                  />
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
