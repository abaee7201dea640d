import { record, SERVER } from '../audit/record.ts';
import { openDatabase } from '../db/database.ts';

/** Lets an account create processes, or no longer: a right of the server, so given where it runs. Returns an exit code. */
export async function letCreate(
  dataDir: string,
  email: string,
  allowed: boolean,
  print: (line: string) => void,
): Promise<number> {
  const db = await openDatabase(dataDir);
  try {
    const user = await db
      .selectFrom('user')
      .select(['id', 'name'])
      .where('email', '=', email.toLowerCase())
      .executeTakeFirst();
    if (!user) {
      print(`No account has the address ${email}.`);
      return 1;
    }
    await db.transaction().execute(async (trx) => {
      const mayCreateProcesses = allowed ? 1 : 0;
      await trx.updateTable('user').set({ mayCreateProcesses }).where('id', '=', user.id).execute();
      const deed = { objectKind: 'account', objectId: user.id, processId: null } as const;
      const details = { mayCreateProcesses: allowed };
      await record(trx, SERVER, { action: 'account.rights', ...deed, details });
    });
    print(`${user.name} may ${allowed ? '' : 'no longer '}create processes.`);
    return 0;
  } finally {
    await db.destroy();
  }
}
