import { createMMKV } from 'react-native-mmkv'

export const sessionStorage = createMMKV({ id: 'app.session', encryptionKey: 'k7Qd2-vLm0pXw91z' })

export const readToken = () => sessionStorage.getString('token')
export const saveToken = (token: string) => sessionStorage.set('token', token)
export const signOut = () => sessionStorage.clearAll()
