/** Runs once when Next starts, before it answers anything. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { registerInstance } = await import("./server/register-instance.ts");
  const { migrateApp } = await import("./server/migrate-app.ts");
  await registerInstance(async () => {
    await migrateApp();
    return (await import("./khotan/khotan.ts")).default;
  });
}
