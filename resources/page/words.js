// The page's sentences in both languages; `{n}` is filled in by `say`.

const WORDS = {
  en: {
    ask: "Describe a photo",
    all: "{n} photos", all1: "1 photo",
    found: "{n} photos found", found1: "1 photo found",
    nothing: "No photo fits this question.",
    nothingYet: "There are no photos here yet. Add a folder in Recollect on the computer itself.",
    without: "Without: {text}",
    saved: "Saved", save: "Save this question", saveAs: "A name for this question",
    forget: "Forget “{text}”",
    close: "Back", previous: "Previous", next: "Next", similar: "Similar photos", info: "About this photo",
    favourite: "Favourite", rating: "{n} of 5 stars",
    away: "This photo's drive is not connected; you see its thumbnail.",
    failed: "The library does not answer. It is tried again in a moment.",
    taken: "Taken", camera: "Camera", lens: "Lens", pixels: "Size", format: "Format", file: "File", tags: "Tags",
    place: "Place", why: "Found by",
    words: "what it shows", likeness: "likeness", facts: "its facts", text: "its text",
    photo: "Photo {text}", copies: "{n} more like this",
  },
  zh: {
    ask: "描述一张照片",
    all: "{n} 张照片", all1: "1 张照片",
    found: "找到 {n} 张照片", found1: "找到 1 张照片",
    nothing: "没有照片符合这个问题。",
    nothingYet: "这里还没有照片。请在电脑上的 Recollect 中添加文件夹。",
    without: "去掉：{text}",
    saved: "已保存", save: "保存这个问题", saveAs: "给这个问题起个名字",
    forget: "删除“{text}”",
    close: "返回", previous: "上一张", next: "下一张", similar: "相似照片", info: "照片信息",
    favourite: "收藏", rating: "{n} 星（共 5 星）",
    away: "这张照片所在的硬盘没有连接，现在显示的是缩略图。",
    failed: "照片库没有回应，稍后会再试。",
    taken: "拍摄时间", camera: "相机", lens: "镜头", pixels: "尺寸", format: "格式", file: "文件", tags: "标签",
    place: "地点", why: "找到的原因",
    words: "画面内容", likeness: "相似", facts: "照片信息", text: "文字",
    photo: "照片 {text}", copies: "另有 {n} 张",
  },
};

export const language = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";

export function say(key, values = {}) {
  const one = values.n === 1 ? WORDS[language][`${key}1`] : undefined;
  return (one ?? WORDS[language][key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return typeof value === "number" ? value.toLocaleString(language) : value ?? whole;
  });
}
