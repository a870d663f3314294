import { Plus, X } from "lucide-react";
import { Button, IconButton } from "@/components/ui/button";
import { CsvButton } from "@/components/ui/csv-button";
import { Specimen } from "./specimen";

const looks = ["primary", "plain", "quiet", "danger"] as const;
const sizes = ["small", "medium", "large"] as const;

/** The buttons in their looks, sizes and states. */
export function ButtonSpecimens() {
  return (
    <>
      <Specimen name="Button, looks">
        {looks.map((look) => (
          <Button key={look} look={look}>
            {look}
          </Button>
        ))}
      </Specimen>
      <Specimen name="Button, disabled">
        {looks.map((look) => (
          <Button key={look} look={look} disabled>
            {look}
          </Button>
        ))}
      </Specimen>
      <Specimen name="Button, busy">
        {looks.map((look) => (
          <Button key={look} look={look} busy>
            {look}
          </Button>
        ))}
      </Specimen>
      <Specimen name="Button, sizes">
        {sizes.map((size) => (
          <Button key={size} size={size}>
            <Plus size={14} aria-hidden />
            {size}
          </Button>
        ))}
      </Specimen>
      <Specimen name="IconButton">
        <IconButton label="Add">
          <Plus size={16} aria-hidden />
        </IconButton>
        <IconButton label="Close" disabled>
          <X size={16} aria-hidden />
        </IconButton>
      </Specimen>
      <Specimen name="CsvButton">
        <CsvButton
          file="components.csv"
          read={() => Promise.resolve("name\n")}
          failed="The file was not made."
        />
      </Specimen>
    </>
  );
}
