import { describeDraftLog } from './draft-log.contract.ts';
import { MemoryLog } from './memory-log.ts';

describeDraftLog('memory', async () => {
  const log = new MemoryLog();
  return {
    log,
    create: async (draftId) => log.create(draftId),
    corrupt: (draftId) => log.corrupt(draftId),
    regenerate: async (draftId, generation) => log.create(draftId, generation),
  };
});
