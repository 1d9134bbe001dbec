/** Whether a cleaned mail shows pictures that came along with it; cleaning gave them an address of ours in place of their `cid:`. */
export const hasInlinePictures = (html: string): boolean => /<img[^>]* src="\/api\/v1\/cases\/\d+\/messages\/[^"/]+\/inline\//i.test(html)
