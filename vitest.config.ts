import { defineConfig } from 'vitest/config'

const form = ['test/tidy.test.ts', 'test/arrows.test.ts']

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes soon; on a loaded machine it is later, and still right.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      // The form of the code needs no database.
      { extends: true, test: { name: 'form', include: form } },
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'bench/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'test/journeys/**', ...form],
          globalSetup: './test/support/cluster.ts',
        },
      },
    ],
  },
})
