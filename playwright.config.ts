import { defineConfig } from '@playwright/test'
import { browser } from './scripts/browser.ts'

const { executablePath, args, env } = await browser((line) => console.log(line))

/** Browser journeys: one at a time, each against a program of its own (test/support/program.ts). */
export default defineConfig({
  testDir: 'test/journeys',
  testMatch: '**/*.test.ts',
  outputDir: '.data/journeys',
  workers: 1,
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: { launchOptions: { executablePath, args, env }, viewport: { width: 1440, height: 900 }, trace: 'retain-on-failure', locale: 'en-GB', timezoneId: 'Europe/Dublin' },
})
