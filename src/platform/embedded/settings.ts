import { totalmem } from 'node:os'

const megabytes = (bytes: number) => `${Math.floor(bytes / 1024 / 1024)}MB`

/**
 * Settings for one program on one machine of about two cores. What people wrote never reaches the log: errors of single statements can
 * quote values, so only what concerns the server itself is logged (log_min_messages = log lies above error), and tersely.
 */
export function settings(socketFolder: string, volatile: boolean): string[] {
  const values: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: `"${socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    max_connections: '120',
    shared_buffers: megabytes(Math.min(256 * 1024 * 1024, totalmem() / 8)),
    effective_cache_size: megabytes(totalmem() / 2),
    maintenance_work_mem: '96MB',
    work_mem: '8MB',
    random_page_cost: '1.1',
    jit: 'off',
    wal_compression: 'on',
    max_wal_size: '2GB',
    min_wal_size: '160MB',
    checkpoint_timeout: '15min',
    synchronous_commit: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
    ...(volatile ? { fsync: 'off', full_page_writes: 'off', autovacuum: 'off', shared_buffers: '64MB' } : {}),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
