import { Q } from '@nozbe/watermelondb'
import { database } from '../db'
import type { Note } from '../models/Note'

const pageSize = 30

/** Notes whose title holds the text, or that have a tag of exactly this name. */
export function searchNotes(text: string, page: number) {
  return database
    .get<Note>('notes')
    .query(
      Q.experimentalJoinTables(['tags']),
      Q.or(Q.where('title', Q.like(`%${Q.sanitizeLikeString(text)}%`)), Q.on('tags', 'name', text)),
      Q.sortBy('title'),
      Q.skip(page * pageSize),
      Q.take(pageSize),
    )
    .fetch()
}
