import { createContext, useContext } from 'react';

/** Opens a source beside the draft, at the passage of a recommendation. */
export type OpenSource = (sourceId: string, recommendationId: string) => void;

export const OpenSourceContext = createContext<OpenSource | null>(null);

/** Null where sources cannot be opened. */
export const useOpenSource = (): OpenSource | null => useContext(OpenSourceContext);
