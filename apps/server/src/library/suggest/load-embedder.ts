import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Embedder } from '@zerodraft/trace/suggest';
import { z } from 'zod';

/** Not installed with Zerodraft; who sets ZERODRAFT_EMBEDDINGS installs it beside. */
const LIBRARY = '@huggingface/transformers';

const functionShape = z.custom<(...args: unknown[]) => unknown>((value) => typeof value === 'function');
const libraryShape = z.object({
  // Itself, not a copy: it is written to.
  env: z.custom<Record<string, unknown>>((value) => typeof value === 'object' && value !== null),
  pipeline: functionShape,
});
const tensorShape = z.custom<{ tolist(): unknown }>(
  (value) => z.object({ tolist: functionShape }).safeParse(value).success,
);
const vectorsShape = z.array(z.array(z.number()));

/** Why there is no model, in words. */
class EmbedderError extends Error {}

/**
 * Loads a sentence model from a folder of this machine; nothing is fetched.
 * @param folder as the library keeps models: with config.json, tokenizer.json and onnx/model.onnx
 * @param load where the library comes from
 * @throws EmbedderError that says what is missing
 */
export async function loadEmbedder(
  folder: string,
  load: () => Promise<unknown> = () => import(/* @vite-ignore */ LIBRARY),
): Promise<Embedder> {
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory())
    throw new EmbedderError(
      `ZERODRAFT_EMBEDDINGS names ${folder}, which is no folder. Name the one of the model.`,
    );
  const loaded = await load().catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new EmbedderError(
      `ZERODRAFT_EMBEDDINGS needs the library ${LIBRARY}. Install it beside the server (pnpm --filter @zerodraft/server add ${LIBRARY}), or unset the variable. ${why}`,
    );
  });
  const { env, pipeline } = libraryShape.parse(loaded);
  env.allowRemoteModels = false;
  env.localModelPath = dirname(folder);
  const extract = functionShape.parse(await pipeline('feature-extraction', basename(folder)));
  return {
    async embed(texts) {
      const tensor = tensorShape.parse(await extract([...texts], { pooling: 'mean', normalize: true }));
      return vectorsShape.parse(tensor.tolist()).map((vector) => Float32Array.from(vector));
    },
  };
}
