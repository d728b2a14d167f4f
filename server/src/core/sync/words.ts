// How people call things in code that syncs.

/** An array or a table of operations that wait. */
export const queueName =
  /(?:queue|outbox|backlog|unsent|unsynced)(?:d?(?:items|ops|operations|actions|mutations|requests|list))?$|^(?:queued|pending|offline)(?:[A-Z_]\w*(?:ops|operations|actions|mutations|requests|changes|items|jobs|queue|s))?$|^(?:pending|offline)$|^(?:ops|operations|mutations|jobs)$/i

/** Tables of operations that wait. */
export const queueTable = /(?:outbox|sync_?queue|offline_?queue|mutation_?queue|pending_?\w+|\w+_queue)/i

/** SQL that speaks of such a table. */
export const queueSql = new RegExp(`\\b(?:from|into|update)\\s+["'\`\\[]?${queueTable.source}\\b`, 'i')

/** A name of a table or class of operations that wait. */
export const isQueueTable = (name: string): boolean =>
  new RegExp(`^(?:${queueTable.source})$`, 'i').test(name) || /^\w*outbox\w*$/i.test(name)

/** Functions that only tell somebody. */
export const tells =
  /^_?(?:log|warn|error|info|debug|trace|report|capture|track|toast|alert|notify|emit|print|addBreadcrumb|recordError|show)/i

/** Counts of what failed. */
export const counterName = /retr(?:y|ies)|attempt|fail(?:ure)?s?(?:Count)?$|tries|retryCount|errorCount/i

/** Calls that let one run at a time. */
export const exclusive =
  /mutex|exclusive|semaphore|acquire|withLock|^lock$|locks|^limit$|singleFlight|serial|debounce|throttle/i

/** Calls that start something later, or over and over. */
export const schedules =
  /setTimeout|setInterval|schedule|backoff|retryLater|delay|sleep|^wait|registerTask|BackgroundFetch|BackgroundTask|debounce|setImmediate|requestIdleCallback/i

/** Objects that call a server. */
export const clientName = /^(?:\w*(?:api|http|axios|rest|backend|fetcher)\w*|client|request|ky|instance)$/i
/** Objects of such names that do not. */
export const noClientName = /cache|map|storage|keys?$|urls?$|config/i

/** Names under which an operation carries what it is about. */
export const payloadName = /^(?:payload|data|body|params|args|record|item|doc|document|variables|entity|object|value)$/i
