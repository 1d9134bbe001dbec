import type { DeskApi } from '../../routes.ts'

/** The words of this part as they arrive in the browser. */

export type Watchers = DeskApi['GET /api/v1/cases/:number/watchers']['answer']
export type Notice = DeskApi['GET /api/v1/notices']['answer']['items'][number]
export type Settings = DeskApi['GET /api/v1/me/notice-settings']['answer']
export type SettingsChange = DeskApi['PATCH /api/v1/me/notice-settings']['body']
export type OpenCase = DeskApi['GET /api/v1/me/open-work']['answer']['items'][number]
export type HandoverSummary = DeskApi['GET /api/v1/handovers']['answer']['items'][number]
export type Handover = DeskApi['GET /api/v1/handovers/:id']['answer']
export type HandingOver = DeskApi['POST /api/v1/handovers']['body']['cases'][number]
