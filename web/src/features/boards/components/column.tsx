import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import { attachClosestEdge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge/attach-closest-edge";
import { extractClosestEdge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge/extract-closest-edge";
import type { Edge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/types";
import { combine } from "@atlaskit/pragmatic-drag-and-drop/utils/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { memo, useCallback, useEffect, useRef, useState } from "react";
import type { Card as CardData, Column as ColumnData } from "@/lib/api/types";
import { classNames } from "@/lib/class-names";
import { useOpenBoard } from "@/data/boards/board-context";
import { registerScroller } from "@/data/boards/card-focus";
import { cardDrag, setCardDrag, useDraggedTask, useGap } from "../drag-store";
import { Card } from "./card";
import { ColumnHead } from "./column-head";
import { QuickAdd } from "./quick-add";

interface ColumnProps {
  column: ColumnData;
  index: number;
  count: number;
  cards: readonly CardData[];
  /** How many cards the column holds without the filter. */
  total: number;
  filtering: boolean;
  /** Whether no column of the board holds a card. */
  boardEmpty: boolean;
  openTask: string | null;
}

type Row = { kind: "card"; key: string; card: CardData } | { kind: "gap"; key: "gap" };

const CARD_HEIGHT = 100;

function rowsOf(cards: readonly CardData[], gap: string | null): Row[] {
  const rows: Row[] = cards.map((card) => ({ kind: "card", key: card.key, card }));
  if (gap === null) return rows;
  const index = gap === "end" ? rows.length : rows.findIndex(({ key }) => key === gap);
  rows.splice(index < 0 ? rows.length : index, 0, { kind: "gap", key: "gap" });
  return rows;
}

function sameCards(left: readonly CardData[], right: readonly CardData[]): boolean {
  return left.length === right.length && left.every((card, index) => card === right[index]);
}

/** A column: its head, its cards of which only those in sight are drawn, and the box that adds one. */
export const Column = memo(
  function Column({ column, index, count, cards, total, filtering, boardEmpty, openTask }: ColumnProps) {
    const { works, arranges } = useOpenBoard();
    const section = useRef<HTMLElement>(null);
    const head = useRef<HTMLDivElement>(null);
    const list = useRef<HTMLDivElement>(null);
    const [edge, setEdge] = useState<Edge | null>(null);
    const [lifted, setLifted] = useState(false);
    const dragged = useDraggedTask();
    const gap = useGap(column.id);
    const rows = rowsOf(cards, gap);
    const draggedIndex = dragged === null ? -1 : rows.findIndex(({ key }) => key === dragged);

    const virtualizer = useVirtualizer({
      count: rows.length,
      getScrollElement: () => list.current,
      estimateSize: (row) =>
        rows[row]?.kind === "gap" ? (cardDrag()?.height ?? CARD_HEIGHT) + 8 : CARD_HEIGHT,
      getItemKey: (row) => rows[row]?.key ?? row,
      overscan: 8,
      paddingStart: 4,
      paddingEnd: 4,
      // The element that is dragged must stay on the page, or the browser ends the drag.
      rangeExtractor: (range) => {
        const drawn = defaultRangeExtractor(range);
        return draggedIndex < 0 || drawn.includes(draggedIndex)
          ? drawn
          : [...drawn, draggedIndex].sort((left, right) => left - right);
      },
    });

    /** The card that something dropped at a height would go above. Counts in measured sizes, not moving ones. */
    const cardBelow = useCallback(
      (clientY: number): string | null => {
        const element = list.current;
        if (!element) return null;
        const y = clientY - element.getBoundingClientRect().top + element.scrollTop;
        const skip = cardDrag()?.task;
        for (const item of virtualizer.measurementsCache) {
          if (item.key === "gap" || item.key === skip) continue;
          if (y < item.start + item.size / 2) return String(item.key);
        }
        return null;
      },
      [virtualizer],
    );

    useEffect(() => {
      const keys = cards.map(({ key }) => key);
      return registerScroller(column.id, (task) => {
        const at = keys.indexOf(task);
        if (at >= 0) virtualizer.scrollToIndex(at, { align: "auto" });
      });
    }, [cards, column.id, virtualizer]);

    useEffect(() => {
      const element = section.current;
      const handle = head.current;
      const scroller = list.current;
      if (!element || !handle || !scroller) return;
      return combine(
        dropTargetForElements({
          element,
          canDrop: ({ source }) => source.data.kind === "card" || source.data.kind === "column",
          getIsSticky: () => true,
          getData: ({ source, input }) =>
            source.data.kind === "card"
              ? { kind: "card", column: column.id, before: cardBelow(input.clientY) }
              : attachClosestEdge(
                  { kind: "column", column: column.id },
                  { element, input, allowedEdges: ["left", "right"] },
                ),
          onDrag({ source, self, location }) {
            if (location.current.dropTargets[0]?.element !== element) return;
            if (source.data.kind === "column") {
              setEdge(source.data.column === column.id ? null : extractClosestEdge(self.data));
              return;
            }
            const drag = cardDrag();
            if (!drag) return;
            const before = typeof self.data.before === "string" ? self.data.before : null;
            if (drag.over?.column === column.id && drag.over.before === before) return;
            setCardDrag({ ...drag, over: { column: column.id, before } });
          },
          onDragLeave: () => setEdge(null),
          onDrop: () => setEdge(null),
        }),
        autoScrollForElements({
          element: scroller,
          canScroll: ({ source }) => source.data.kind === "card",
          getAllowedAxis: () => "vertical",
        }),
        arranges
          ? draggable({
              element,
              dragHandle: handle,
              getInitialData: () => ({ kind: "column", column: column.id }),
              onDragStart: () => setLifted(true),
              onDrop: () => setLifted(false),
            })
          : () => undefined,
      );
    }, [column.id, arranges, cardBelow]);

    return (
      <section
        ref={section}
        aria-label={`${column.name}, ${total} ${total === 1 ? "card" : "cards"}`}
        data-column={column.id}
        className={classNames(
          "bg-column relative flex h-full w-(--column-width) shrink-0 flex-col rounded-[10px] max-sm:w-[calc(100vw-32px)] max-sm:snap-center",
          lifted && "opacity-40",
        )}
      >
        {edge && (
          <span
            aria-hidden
            className={classNames(
              "bg-accent-line absolute inset-y-0 w-0.5 rounded-full",
              edge === "left" ? "-left-[7px]" : "-right-[7px]",
            )}
          />
        )}
        <ColumnHead
          ref={head}
          column={column}
          index={index}
          count={count}
          shown={cards.length}
          total={total}
          filtering={filtering}
        />
        <div
          ref={list}
          className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-y-contain px-2"
          data-column-list
        >
          {cards.length === 0 && gap === null ? (
            <p className="text-faint px-2 py-6 text-center">
              {filtering && total > 0
                ? "No cards match the filter."
                : boardEmpty && index === 0 && works
                  ? "Add the first card below, then move it right as work progresses."
                  : "No cards here."}
            </p>
          ) : (
            <ul className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
              {virtualizer.getVirtualItems().map((item) => {
                const row = rows[item.index];
                if (!row) return null;
                const away = row.key === dragged;
                return (
                  <li
                    key={row.key}
                    ref={virtualizer.measureElement}
                    data-index={item.index}
                    aria-setsize={row.kind === "card" ? cards.length : undefined}
                    aria-posinset={row.kind === "card" ? cards.indexOf(row.card) + 1 : undefined}
                    className={classNames(
                      "card-row absolute top-0 left-0 w-full",
                      away ? "h-0 overflow-hidden opacity-0" : "pb-2",
                    )}
                    style={{ transform: `translateY(${item.start}px)` }}
                  >
                    {row.kind === "gap" ? (
                      <div
                        aria-hidden
                        className="border-line-strong rounded-card border border-dashed"
                        style={{ height: cardDrag()?.height ?? CARD_HEIGHT }}
                      />
                    ) : (
                      <Card card={row.card} open={row.key === openTask} />
                    )}
                  </li>
                );
              })}
            </ul>
          )}
        </div>
        {works && <QuickAdd column={column} />}
      </section>
    );
  },
  (left, right) =>
    left.column === right.column &&
    left.index === right.index &&
    left.count === right.count &&
    left.total === right.total &&
    left.filtering === right.filtering &&
    left.boardEmpty === right.boardEmpty &&
    left.openTask === right.openTask &&
    sameCards(left.cards, right.cards),
);
