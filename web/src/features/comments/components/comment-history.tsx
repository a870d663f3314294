import { lazy, Suspense } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/states";
import type { Comment } from "@/lib/api/types";
import { fullMoment } from "@/lib/dates";

const Markdown = lazy(() => import("@/components/ui/markdown"));

/** What a comment says and said before, newest first. */
export function CommentHistory({
  comment,
  open,
  onOpenChange,
}: {
  comment: Comment;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const versions = [
    { body: comment.body ?? "", since: comment.edited_at ?? comment.created_at },
    ...comment.earlier.toReversed(),
  ];
  return (
    <Dialog open={open} onOpenChange={onOpenChange} wide title="Edit history">
      <ol className="divide-line flex flex-col divide-y">
        {versions.map(({ body, since }, index) => (
          <li key={since} className="py-3">
            <p className="text-faint text-meta mb-1">
              {index === 0 ? "Now, since " : index === versions.length - 1 ? "At first, " : "Since "}
              <time dateTime={since}>{fullMoment(since)}</time>
            </p>
            <Suspense fallback={<Skeleton className="h-4 w-3/4" />}>
              <Markdown text={body} />
            </Suspense>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
