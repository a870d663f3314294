import { eventData, type Attachment, type BoardEvent } from "@/lib/api/types";

/** A scan that takes longer than this is not waited for. */
const SCAN_MS = 60_000;

/** Whether a file was attached a moment ago, so that its thumbnail may still come. */
export function isBeingScanned(file: Attachment, now = Date.now()): boolean {
  return !file.scanned && now - new Date(file.created_at).getTime() < SCAN_MS;
}

/** Puts a file where it belongs by its id, which sorts by time; what is known of its thumbnail stays. */
export function putFile(files: readonly Attachment[], file: Attachment): Attachment[] {
  if (files.some(({ id }) => id === file.id)) {
    return files.map((known) =>
      known.id === file.id && !known.scanned ? { ...file, ...thumbnailOf(known) } : known,
    );
  }
  return [...files, file].sort((left, right) => (left.id < right.id ? -1 : 1));
}

const thumbnailOf = ({ thumbnail, scanned }: Attachment) => ({ thumbnail, scanned });

/** The files after an event; null where only the server knows what came of it. */
export function applyFileEvent(files: readonly Attachment[], event: BoardEvent): Attachment[] | null {
  const { attachment } = eventData(event);
  if (!attachment) return null;
  if (event.type === "attachment.removed") return files.filter(({ id }) => id !== attachment.id);
  return putFile(files, attachment);
}
