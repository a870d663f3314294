import { SelectField, TextArea, TextField, FormProblem } from "@/components/ui/field";
import { SaveForm } from "@/components/ui/save-form";
import { Specimen } from "./specimen";

const saved = () => Promise.resolve();

/** The fields in their states, and a form of them. */
export function FieldSpecimens() {
  return (
    <>
      <Specimen name="TextField">
        <TextField label="Empty" placeholder="A placeholder" />
        <TextField label="Filled" defaultValue="Delivery app" />
        <TextField label="With a hint" hint="Two to ten capital letters." defaultValue="WEB" />
        <TextField label="Invalid" error="This key is taken." defaultValue="WEB" />
        <TextField label="Disabled" disabled defaultValue="Delivery app" />
        <TextField label="Read-only" readOnly defaultValue="Delivery app" />
        <TextField label="With its label hidden" hideLabel placeholder="The label is hidden" />
      </Specimen>
      <Specimen name="TextArea">
        <TextArea label="Filled" rows={3} defaultValue={"A first line\nand a second one"} />
        <TextArea label="Invalid" rows={3} error="At most 2,000 characters." defaultValue="Too long" />
      </Specimen>
      <Specimen name="SelectField">
        <SelectField label="Chosen" defaultValue="b">
          <option value="a">Member</option>
          <option value="b">Admin</option>
        </SelectField>
        <SelectField label="Invalid" error="Guests cannot do this." defaultValue="a">
          <option value="a">Guest</option>
        </SelectField>
        <SelectField label="Disabled" disabled>
          <option>Owner</option>
        </SelectField>
      </Specimen>
      <Specimen name="FormProblem">
        <FormProblem>Someone else changed this in the meantime. Your text is still here.</FormProblem>
      </Specimen>
      <Specimen name="SaveForm, changed and unchanged">
        <SaveForm fields={["name"]} changed save={saved}>
          {({ name }) => <TextField label="Name" error={name} defaultValue="Acme" />}
        </SaveForm>
        <SaveForm fields={["name"]} changed={false} save={saved}>
          {({ name }) => <TextField label="Name" error={name} defaultValue="Acme" />}
        </SaveForm>
      </Specimen>
    </>
  );
}
