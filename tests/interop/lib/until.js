/** Waits, within a bound, until the condition holds. */
export async function until(condition, what, seconds = 20) {
    const end = Date.now() + seconds * 1000;
    while (!(await condition())) {
        if (Date.now() > end) {
            throw new Error(`${what}: not within ${seconds} s`);
        }

        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}
