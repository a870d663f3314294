import { useLayoutEffect, useRef, type RefObject } from "react";
import { personColor } from "@/components/ui/person-color";
import { usePointers } from "@/data/live/cursor-store";
import { columnsBox } from "../pointing";

/** The others' pointers over the columns: arrows with a name, which glide from place to place. */
export function Pointers({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const pointers = usePointers();
  const layer = useRef<HTMLDivElement>(null);
  const columns = useRef<HTMLDivElement>(null);
  const some = pointers.size > 0;

  useLayoutEffect(() => {
    const board = scroller.current;
    if (!board || !some) return;
    const lay = () => {
      const box = columnsBox(board);
      const around = layer.current?.getBoundingClientRect();
      if (!box || !around || !columns.current) return;
      Object.assign(columns.current.style, {
        left: `${box.left - around.left}px`,
        top: `${box.top - around.top}px`,
        width: `${box.width}px`,
        height: `${box.height}px`,
      });
    };
    lay();
    const resized = new ResizeObserver(lay);
    resized.observe(board);
    board.addEventListener("scroll", lay, { passive: true });
    return () => {
      resized.disconnect();
      board.removeEventListener("scroll", lay);
    };
  }, [scroller, some]);

  if (!some) return null;
  return (
    <div ref={layer} aria-hidden className="pointer-events-none absolute inset-0 z-10 overflow-hidden">
      <div ref={columns} className="absolute">
        {[...pointers.values()].map(({ person, x, y }) => (
          <div
            key={person.id}
            data-pointer={person.name}
            className="absolute inset-0 transition-transform duration-200 ease-linear"
            style={{ transform: `translate(${x * 100}%, ${y * 100}%)`, color: personColor(person.id) }}
          >
            <svg width="16" height="18" viewBox="0 0 16 18" className="drop-shadow-sm">
              <path
                d="M1.2 1.2 14 8.1 8 9.6 5.4 15.6Z"
                fill="currentColor"
                stroke="white"
                strokeWidth="1.2"
                strokeLinejoin="round"
              />
            </svg>
            <span className="absolute top-3.5 left-3 max-w-40 truncate rounded-full bg-current px-1.5 py-px text-[11px] leading-4 font-medium">
              <span className="text-white">{person.name}</span>
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
