/** Headers as they came. */
export function HeaderList({ headers }: { headers: Readonly<Record<string, string>> }) {
  return (
    <dl className="py-2 font-mono text-xs">
      {Object.entries(headers).map(([name, value]) => (
        <div
          key={name}
          className="grid grid-cols-[168px_minmax(0,1fr)] gap-3 px-4 py-0.75 small:grid-cols-[minmax(0,1fr)] small:gap-0"
        >
          <dt className="truncate text-faint-foreground" title={name}>
            {name}
          </dt>
          <dd className={value === "[redacted]" ? "text-faint-foreground" : "[overflow-wrap:anywhere]"}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
