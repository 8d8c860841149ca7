<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Recollect</source>
        <translation>关于 Recollect</translation>
    </message>
    <message>
        <source>Recollect</source>
        <translation>Recollect</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>Finds any photo by describing it. Everything happens on this computer; nothing leaves it.</source>
        <translation>描述一下，就能找到任何照片。一切都在这台电脑上完成，不会上传任何内容。</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0.</source>
        <translation>自由软件，采用 Apache 2.0 许可证。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>Crash</name>
    <message>
        <source>Recollect</source>
        <translation>Recollect</translation>
    </message>
    <message>
        <source>Recollect made a mistake.</source>
        <translation>Recollect 出错了。</translation>
    </message>
    <message>
        <source>Your photos and your library are safe. You can go on; if something looks wrong, close Recollect and start it again. The report below stays on this computer unless you send it to someone.</source>
        <translation>您的照片和图库都是安全的。您可以继续使用；如果看起来不对劲，请关闭 Recollect 后重新打开。下面的报告只保存在这台电脑上，除非您自己把它发给别人。</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>Deeds</name>
    <message>
        <source>{name} is on a drive that is not connected now.</source>
        <translation>{name} 所在的磁盘现在没有连接。</translation>
    </message>
    <message>
        <source>No program was found that opens this photo.</source>
        <translation>找不到能打开这张照片的程序。</translation>
    </message>
    <message>
        <source>No file manager was found to show this photo in.</source>
        <translation>找不到可以显示这张照片的文件管理器。</translation>
    </message>
</context>
<context>
    <name>FactsPanel</name>
    <message>
        <source>Find similar photos</source>
        <translation>查找相似照片</translation>
    </message>
    <message>
        <source>Open with default app</source>
        <translation>用默认程序打开</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>拍摄时间</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>镜头</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Also at</source>
        <translation>另存于</translation>
    </message>
    <message>
        <source>Not within reach</source>
        <translation>无法访问</translation>
    </message>
    <message>
        <source>Its drive is not connected now.</source>
        <translation>所在的磁盘现在没有连接。</translation>
    </message>
</context>
<context>
    <name>FolderFilter</name>
    <message>
        <source>Folder to look in</source>
        <translation>要查找的文件夹</translation>
    </message>
    <message>
        <source>Look in one folder only</source>
        <translation>只在一个文件夹中查找</translation>
    </message>
    <message>
        <source>All folders</source>
        <translation>所有文件夹</translation>
    </message>
</context>
<context>
    <name>FoldersDialog</name>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Skipped files</source>
        <translation>跳过的文件</translation>
    </message>
    <message>
        <source>New, changed and moved photos in these folders are noticed by themselves.</source>
        <translation>这些文件夹中新增、修改或移动的照片会被自动发现。</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Remove {folder} from Recollect?</source>
        <translation>要从 Recollect 中移除 {folder} 吗？</translation>
    </message>
    <message>
        <source>The photos themselves stay untouched. Recollect only forgets what it learned about them.</source>
        <translation>照片本身不会受到任何影响，Recollect 只是忘记它学到的内容。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Choose a folder of photos</source>
        <translation>选择照片文件夹</translation>
    </message>
</context>
<context>
    <name>Grid</name>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>第 {number} 张，共 {count} 张</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Back (Esc)</source>
        <translation>返回 (Esc)</translation>
    </message>
    <message>
        <source>Size of the thumbnails (Ctrl++ and Ctrl+-)</source>
        <translation>缩略图大小（Ctrl++ 和 Ctrl+-）</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>缩略图大小</translation>
    </message>
    <message>
        <source>Similar photos</source>
        <translation>相似照片</translation>
    </message>
    <message>
        <source>Best matches for “{words}”</source>
        <translation>与“{words}”最匹配的照片</translation>
    </message>
    <message>
        <source>Latest photos</source>
        <translation>最新照片</translation>
    </message>
    <message>
        <source>{count} of {searched} in {milliseconds} ms</source>
        <translation>从 {searched}中选出 {count} 张，用时 {milliseconds} 毫秒</translation>
    </message>
</context>
<context>
    <name>IndexingStrip</name>
    <message>
        <source>Progress of indexing</source>
        <translation>索引进度</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Looking through your folders…</source>
        <translation>正在查看您的文件夹…</translation>
    </message>
    <message>
        <source>{files} found</source>
        <translation>已找到 {files}</translation>
    </message>
    <message>
        <source>Learning your photos</source>
        <translation>正在学习您的照片</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln skipped</source>
        <translation>
            <numerusform>跳过 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>还需{time}</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Larger thumbnails</source>
        <translation>放大缩略图</translation>
    </message>
    <message>
        <source>Smaller thumbnails</source>
        <translation>缩小缩略图</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open with default app</source>
        <translation>用默认程序打开</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Find similar photos</source>
        <translation>查找相似照片</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>About Recollect</source>
        <translation>关于 Recollect</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Folders…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Skipped files…</source>
        <translation>跳过的文件…</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Recollect</source>
        <translation>Recollect</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close Recollect</source>
        <translation>关闭 Recollect</translation>
    </message>
</context>
<context>
    <name>PhotosPage</name>
    <message>
        <source>No folders yet</source>
        <translation>还没有文件夹</translation>
    </message>
    <message>
        <source>Give Recollect a folder of photos, and find any of them by describing it.</source>
        <translation>给 Recollect 一个照片文件夹，描述一下就能找到其中任何一张。</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>The first ones appear here in a moment. You can search while the rest are learned.</source>
        <translation>第一批照片马上就会出现在这里。其余照片还在学习时，您就可以开始搜索。</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>正在查找照片…</translation>
    </message>
    <message>
        <source>There are no readable photos in your folders.</source>
        <translation>您的文件夹中没有可以读取的照片。</translation>
    </message>
    <message>
        <source>No photos</source>
        <translation>没有照片</translation>
    </message>
    <message>
        <source>Your photos are not learned yet</source>
        <translation>还没有学习您的照片</translation>
    </message>
    <message>
        <source>Searching works as soon as the first ones are. See the progress below.</source>
        <translation>学完第一批就可以搜索了。进度见下方。</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Try other words, or look in all folders.</source>
        <translation>换个说法试试，或者在所有文件夹中查找。</translation>
    </message>
    <message>
        <source>Try other words.</source>
        <translation>换个说法试试。</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>显示所有照片</translation>
    </message>
</context>
<context>
    <name>PreviewPage</name>
    <message>
        <source>Back to the photos (Esc)</source>
        <translation>返回照片列表 (Esc)</translation>
    </message>
    <message>
        <source>Previous photo (Left)</source>
        <translation>上一张 (左方向键)</translation>
    </message>
    <message>
        <source>Next photo (Right)</source>
        <translation>下一张 (右方向键)</translation>
    </message>
    <message>
        <source>Zoom out (-)</source>
        <translation>缩小 (-)</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Fit to window (0)</source>
        <translation>适合窗口 (0)</translation>
    </message>
    <message>
        <source>Actual size (1)</source>
        <translation>实际大小 (1)</translation>
    </message>
    <message>
        <source>Show or hide details (I)</source>
        <translation>显示或隐藏详细信息 (I)</translation>
    </message>
    <message>
        <source>This photo&apos;s drive is not connected. You see the stored copy.</source>
        <translation>这张照片所在的磁盘没有连接。您看到的是保存的副本。</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>第 {number} 张，共 {count} 张</translation>
    </message>
    <message>
        <source>This photo cannot be read now. You see the stored copy.</source>
        <translation>现在无法读取这张照片。您看到的是保存的副本。</translation>
    </message>
</context>
<context>
    <name>RootsModel</name>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Not within reach</source>
        <translation>无法访问</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Describe a photo: grandma blowing out candles</source>
        <translation>描述一张照片：奶奶在吹蜡烛</translation>
    </message>
    <message>
        <source>Search photos by describing them</source>
        <translation>通过描述搜索照片</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Clear (Esc)</source>
        <translation>清除 (Esc)</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Anywhere</source>
        <translation>任何地方</translation>
    </message>
    <message>
        <source>One photo, large</source>
        <translation>查看大图时</translation>
    </message>
    <message>
        <source>Among the photos</source>
        <translation>浏览照片时</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Describe a photo</source>
        <translation>描述一张照片</translation>
    </message>
    <message>
        <source>Clear the words, go back</source>
        <translation>清除文字，返回</translation>
    </message>
    <message>
        <source>Larger thumbnails</source>
        <translation>放大缩略图</translation>
    </message>
    <message>
        <source>Smaller thumbnails</source>
        <translation>缩小缩略图</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>本列表</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Show large</source>
        <translation>查看大图</translation>
    </message>
    <message>
        <source>Show large, without details</source>
        <translation>快速查看大图，不显示详细信息</translation>
    </message>
    <message>
        <source>Open with default app</source>
        <translation>用默认程序打开</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Find similar photos</source>
        <translation>查找相似照片</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Select or deselect one</source>
        <translation>选中或取消选中一张</translation>
    </message>
    <message>
        <source>Copy picture and file</source>
        <translation>复制图片和文件</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>First photo</source>
        <translation>第一张</translation>
    </message>
    <message>
        <source>Last photo</source>
        <translation>最后一张</translation>
    </message>
    <message>
        <source>Menu of the photo</source>
        <translation>照片的菜单</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>上一张</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>下一张</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Fit to window</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>实际大小</translation>
    </message>
    <message>
        <source>Show or hide details</source>
        <translation>显示或隐藏详细信息</translation>
    </message>
</context>
<context>
    <name>SkippedList</name>
    <message>
        <source>Skipped files</source>
        <translation>跳过的文件</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>复制列表</translation>
    </message>
    <message>
        <source>These files could not be read as photos. Each is tried again when it changes.</source>
        <translation>这些文件无法作为照片读取。文件有变化时会再次尝试。</translation>
    </message>
    <message>
        <source>No file was skipped: every photo found could be read.</source>
        <translation>没有跳过任何文件：找到的照片全部可以读取。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>SkippedModel</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Why it was skipped</source>
        <translation>跳过的原因</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Opening the library…</source>
        <translation>正在打开图库…</translation>
    </message>
    <message>
        <source>Show which files were skipped, and why</source>
        <translation>显示跳过了哪些文件及其原因</translation>
    </message>
    <message numerus="yes">
        <source>%Ln searchable</source>
        <translation>
            <numerusform>%Ln 张可搜索</numerusform>
        </translation>
    </message>
    <message>
        <source>all searchable</source>
        <translation>全部可搜索</translation>
    </message>
    <message numerus="yes">
        <source>%Ln not within reach</source>
        <translation>
            <numerusform>%Ln 张无法访问</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln skipped</source>
        <translation>
            <numerusform>跳过 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>The model that understands your photos, and what it runs on</source>
        <translation>理解照片的模型，以及运行它的设备</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Find any photo by describing it</source>
        <translation>描述一下，就能找到任何照片</translation>
    </message>
    <message>
        <source>Recollect looks at every picture in the folders you choose and learns what is in it. Then you type a sentence, like “grandma blowing out candles”, and the photo is there.</source>
        <translation>Recollect 会查看您所选文件夹中的每一张图片，学习其中的内容。之后您只需输入一句话，比如“奶奶在吹蜡烛”，照片就出现了。</translation>
    </message>
    <message>
        <source>Nothing leaves this computer: no account, no upload. Your photos stay where they are.</source>
        <translation>一切都留在这台电脑上：不需要账号，不会上传。您的照片仍在原来的位置。</translation>
    </message>
    <message>
        <source>Folders to look in</source>
        <translation>要查看的文件夹</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>选择其他文件夹…</translation>
    </message>
    <message>
        <source>You can add and remove folders at any time.</source>
        <translation>您可以随时添加或移除文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder of photos</source>
        <translation>选择照片文件夹</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>The model is loading; the answer comes in a moment…</source>
        <translation>正在加载模型，结果马上就来…</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>“{folder}” is not connected. Its photos stay in the library, shown from stored copies.</source>
        <translation>“{folder}”没有连接。其中的照片仍保留在图库中，以保存的副本显示。</translation>
    </message>
    <message>
        <source>{gone} of {total} in “{folder}” are no longer there. Forget them?</source>
        <translation>“{folder}”的 {total}中有 {gone} 张已经不在了。要忘记它们吗？</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>忘记</translation>
    </message>
</context>
<context>
    <name>_Phrases</name>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln 张照片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>a few seconds</source>
        <translation>几秒钟</translation>
    </message>
    <message numerus="yes">
        <source>%Ln second(s)</source>
        <translation>
            <numerusform>%Ln 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s)</source>
        <translation>
            <numerusform>%Ln 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s)</source>
        <translation>
            <numerusform>%Ln 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln a second</source>
        <translation>
            <numerusform>每秒 %Ln 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln a minute</source>
        <translation>
            <numerusform>每分钟 %Ln 张</numerusform>
        </translation>
    </message>
    <message>
        <source>{width} × {height} ({megapixels} megapixels)</source>
        <translation>{width} × {height}（{megapixels} 百万像素）</translation>
    </message>
    <message>
        <source>Not within reach now: its drive is not connected. The picture shown is a stored copy.</source>
        <translation>现在无法访问：所在的磁盘没有连接。显示的是保存的副本。</translation>
    </message>
    <message>
        <source>not within reach</source>
        <translation>无法访问</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>The library is not loaded yet.</source>
        <translation>图库还没有加载完。</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>请稍后再试。</translation>
    </message>
</context>
</TS>
