import { useEffect, useState } from "react";

/** True once something has been going on for so long that a person should be told. */
export function useLate(going: boolean, milliseconds = 400): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!going) return;
    const timer = setTimeout(() => setLate(true), milliseconds);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [going, milliseconds]);
  return going && late;
}
