import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { SectionHead } from "@/components/layout/page-head";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { problemToast } from "@/components/ui/toast-store";
import { answer, api, unchangedSince } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import { flagsQuery } from "@/data/session/flags";
import { features, type Feature } from "@/data/session/use-feature";

/** Switches parts of the client on and off for everybody. */
export function FeatureFlags({ editable }: { editable: boolean }) {
  const cache = useQueryClient();
  const flags = useQuery(flagsQuery);
  const save = useMutation({
    mutationFn: (change: Partial<Record<Feature, boolean>>) => {
      const before = cache.getQueryData(flagsQuery.queryKey);
      return answer(
        api.PUT("/api/flags", {
          params: { header: unchangedSince(before?.version ?? 0) },
          body: { flags: { ...before?.flags, ...change } },
        }),
      );
    },
    onMutate: (change) => {
      const before = cache.getQueryData(flagsQuery.queryKey);
      if (before)
        cache.setQueryData(flagsQuery.queryKey, { ...before, flags: { ...before.flags, ...change } });
      return before;
    },
    onSuccess: (saved) => cache.setQueryData(flagsQuery.queryKey, saved),
    onError: (error, _, before) => {
      cache.setQueryData(flagsQuery.queryKey, before);
      void cache.invalidateQueries({ queryKey: flagsQuery.queryKey });
      problemToast(`The feature was not changed. ${explain(error)}`);
    },
    scope: { id: "flags" },
  });
  return (
    <section>
      <SectionHead title="Features">Turned off here is off for everyone. Data is kept.</SectionHead>
      {flags.isPending && <SkeletonRows rows={4} label="Loading the features" />}
      {flags.isError && !flags.data && (
        <Failure error={flags.error} title="The features did not load" onRetry={() => void flags.refetch()} />
      )}
      {flags.data && (
        <ul className="divide-line divide-y">
          {features.map(({ id, name, about }) => (
            <li key={id}>
              <label htmlFor={`feature-${id}`} className="flex min-h-12 items-center gap-3 py-1.5">
                <input
                  id={`feature-${id}`}
                  aria-label={name}
                  type="checkbox"
                  className="size-4 accent-(--accent)"
                  disabled={!editable}
                  checked={flags.data.flags[id] ?? true}
                  onChange={(event) => save.mutate({ [id]: event.target.checked })}
                />
                <span className="min-w-0">
                  <span className="block font-medium">{name}</span>
                  <span className="text-faint text-meta block">{about}</span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
