/** What can go wrong on the way to a mail server, as codes with a sentence each. */
export const problems = {
  nameUnknown: 'The name of the server is not known',
  nobodyAnswers: 'Nobody listens at this address and port',
  unreachable: 'There is no way to this server from here',
  noAnswerInTime: 'The server did not answer in time',
  noGreeting: 'The server does not greet as expected; perhaps this port wants TLS from the start',
  notTls: 'This port does not begin with TLS; try STARTTLS or another port',
  noStartTls: 'The server does not offer STARTTLS',
  certificateNotTrusted: 'The certificate of the server is not trusted',
  signInRefused: 'The server refuses this user name and password',
  passwordUnreadable: 'The stored password cannot be read with the key of this installation; enter it again',
  folderMissing: 'There is no such folder',
  connectionLost: 'The server ended the connection',
  other: 'The server answered with a fault',
} as const
export type Problem = keyof typeof problems

const byCode: Readonly<Record<string, Problem>> = {
  ENOTFOUND: 'nameUnknown', EAI_AGAIN: 'nameUnknown', ECONNREFUSED: 'nobodyAnswers', EHOSTUNREACH: 'unreachable', ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'noAnswerInTime', CONNECT_TIMEOUT: 'noAnswerInTime', UPGRADE_TIMEOUT: 'noAnswerInTime', GREETING_TIMEOUT: 'noGreeting', ETIMEOUT: 'noAnswerInTime',
  ERR_SSL_WRONG_VERSION_NUMBER: 'notTls', ERR_SSL_PACKET_LENGTH_TOO_LONG: 'notTls', EPROTO: 'notTls', ERR_TLS_CERT_ALTNAME_INVALID: 'certificateNotTrusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificateNotTrusted', SELF_SIGNED_CERT_IN_CHAIN: 'certificateNotTrusted', UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificateNotTrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificateNotTrusted', CERT_HAS_EXPIRED: 'certificateNotTrusted', EAUTH: 'signInRefused', ETLS: 'noStartTls',
  ECONNRESET: 'connectionLost', EPIPE: 'connectionLost', NoConnection: 'connectionLost', EConnectionClosed: 'connectionLost', ClosedAfterConnectTLS: 'notTls',
  ClosedAfterConnectText: 'noGreeting', ECONNECTION: 'connectionLost', EDNS: 'nameUnknown', PasswordUnreadable: 'passwordUnreadable', FolderMissing: 'folderMissing',
}

const innermost = (error: object): unknown => ('errors' in error && Array.isArray(error.errors) ? error.errors[0] : 'cause' in error ? error.cause : null)

/** Names what a mail library's error means. */
export function problemOf(error: unknown): Problem {
  if (typeof error !== 'object' || error === null) return 'other'
  if ('authenticationFailed' in error && error.authenticationFailed) return 'signInRefused'
  // nodemailer hides a refused connection or an unknown name behind its own code, with the system's word in the message.
  const system = 'message' in error ? /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|wrong version number|self-signed certificate|STARTTLS)\b/.exec(String(error.message))?.[1] : undefined
  if (system === 'wrong version number') return 'notTls'
  if (system === 'self-signed certificate') return 'certificateNotTrusted'
  if (system === 'STARTTLS') return 'noStartTls'
  const found = byCode[system ?? ''] ?? ('code' in error ? byCode[String(error.code)] : undefined)
  if (found) return found
  const inner = innermost(error)
  return inner && inner !== error ? problemOf(inner) : 'other'
}
