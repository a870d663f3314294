import { UnreachableError } from "./api/problem";
import type { UploadForm } from "./api/types";

/** A file that the place it was sent to does not take. */
export class NotTakenError extends Error {
  override readonly name = "NotTakenError";
}

/**
 * Sends a file by a signed form, straight to where files are kept. `onProgress` hears which part of it is there, from
 * 0 to 1: `fetch` does not tell, so this is the older way.
 */
export function sendForm(
  form: UploadForm,
  file: Blob,
  onProgress: (part: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(form.fields)) data.append(name, value);
    // What follows the file is not read.
    data.append("file", file);
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new NotTakenError(`refused with ${request.status}`));
    };
    request.onerror = () => reject(new UnreachableError());
    request.onabort = () => reject(new DOMException("The upload was given up.", "AbortError"));
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.open("POST", form.url);
    request.send(data);
  });
}
