import { createMMKV } from 'react-native-mmkv'

export const readerStorage = createMMKV({ id: 'app.reader' })

export const setTextSize = (points: number) => readerStorage.set('text-size', points)
export const setLastPage = (book: string, page: number) => readerStorage.set(`page-of-${book}`, page)
