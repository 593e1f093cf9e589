type File = { name: string; mediaType: string; text: string }

/** Hands a text that was made here to the browser as a download. */
export const saveFile = ({ name, mediaType, text }: File) => {
  const url = URL.createObjectURL(new Blob([text], { type: `${mediaType};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
