import { Download } from "lucide-react";
import { useState } from "react";
import { explain } from "@/lib/api/problem";
import { Button } from "./button";
import { problemToast } from "./toast-store";

interface CsvButtonProps {
  /** What the file is called. */
  file: string;
  /** Fetches what is in it. */
  read: () => Promise<string>;
  /** What is said where that fails, before the reason. */
  failed: string;
}

/** Downloads a table for a spreadsheet. */
export function CsvButton({ file, read, failed }: CsvButtonProps) {
  const [busy, setBusy] = useState(false);
  const download = async () => {
    setBusy(true);
    try {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([await read()], { type: "text/csv" }));
      link.download = file;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      problemToast(`${failed} ${explain(error)}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button busy={busy} onClick={() => void download()}>
      <Download size={14} aria-hidden />
      CSV
    </Button>
  );
}
