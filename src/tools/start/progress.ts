/** Shows the steps of `npm start`: a moving line while one runs, where there is a terminal, and a ✓ line when it is done. */

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;

/** Runs one step. Steps follow each other; what a step prints itself would break the moving line, so it prints nothing. */
export async function step<Value>(title: string, work: () => Promise<Value>): Promise<Value> {
  const start = performance.now();
  const spinner = process.stdout.isTTY ? spin(title) : undefined;
  try {
    const value = await work();
    spinner?.stop();
    console.log(`✓ ${title} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
    return value;
  } catch (error) {
    spinner?.stop();
    console.log(`✗ ${title}`);
    throw error;
  }
}

function spin(title: string): { stop(): void } {
  let frame = 0;
  const timer = setInterval(() => {
    process.stdout.write(`\r${FRAMES[frame++ % FRAMES.length]} ${title}`);
  }, FRAME_MS);
  return {
    stop() {
      clearInterval(timer);
      process.stdout.write('\r\u001b[K');
    },
  };
}
