// Words by which code that has to do with MMKV is known before it is read.

/** What only code about MMKV says, what is called like its methods, and AsyncStorage, which is copied from. */
const methods = /mmkv|@react-native-(?:async-storage|community)\/async-storage|\.get(?:String|Number|Boolean|Buffer)\(/i

/** `storage.set(`, `appStorage?.clearAll(`: of a storage that is not that of the web or of another package. */
const storage =
  /(?<!async|local|session|secure)storage[\w$]*\??\.(?:set|get|save|load|remove|delete|contains|clear|has)/i

/** `from '../lib/storage'`, whatever is imported. */
const module =
  /(?:from|require\()\s*['"][^'"\n]*(?<!async[-_]?|local|session|secure)storage(?:\/index)?(?:\.[jt]sx?)?['"]/i

/** False for a text that cannot concern MMKV. */
export const mentionsMmkv = (text: string): boolean => methods.test(text) || storage.test(text) || module.test(text)

/** True for a name that tells readers of a file that it is about a storage. */
export const telling = (name: string): boolean => /mmkv|storage/i.test(name)
