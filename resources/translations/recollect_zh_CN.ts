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
        <source>Names of places: GeoNames (geonames.org), CC BY 4.0</source>
        <translation>地名数据：GeoNames（geonames.org），CC BY 4.0</translation>
    </message>
    <message>
        <source>Free software: Recollect&apos;s own code is under the Apache License 2.0, this program with all its parts under the GNU General Public License 3.</source>
        <translation>自由软件：Recollect 自身的代码采用 Apache 2.0 许可证；这个程序连同其全部组成部分采用 GNU 通用公共许可证第 3 版。</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0.</source>
        <translation>自由软件，采用 Apache 2.0 许可证。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Details for a bug report…</source>
        <translation>错误报告的详细信息…</translation>
    </message>
</context>
<context>
    <name>Advanced</name>
    <message>
        <source>Mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Models come from huggingface.co. Where it is blocked, name a mirror of it, or a proxy.</source>
        <translation>模型来自 huggingface.co。如果无法访问，请填写它的镜像地址或代理。</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>移动…</translation>
    </message>
    <message>
        <source>Move the models folder</source>
        <translation>移动模型文件夹</translation>
    </message>
    <message>
        <source>Move all models you fetched or imported, to a larger disk for example</source>
        <translation>把下载或导入的所有模型移到别处，例如更大的磁盘</translation>
    </message>
</context>
<context>
    <name>AlbumActions</name>
    <message>
        <source>Add to album</source>
        <translation>加入相册</translation>
    </message>
    <message>
        <source>New album…</source>
        <translation>新建相册…</translation>
    </message>
    <message>
        <source>Take out of this album</source>
        <translation>移出此相册</translation>
    </message>
    <message>
        <source>It begins with what is chosen: {photos}.</source>
        <translation>将放入已选中的照片：{photos}。</translation>
    </message>
    <message>
        <source>It begins empty: photos that are chosen go into it by dragging, or by their menu.</source>
        <translation>相册一开始是空的：选中照片后拖进来，或用照片菜单添加。</translation>
    </message>
    <message>
        <source>New album</source>
        <translation>新建相册</translation>
    </message>
    <message>
        <source>What is the album called?</source>
        <translation>相册叫什么名字？</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Delete album</source>
        <translation>删除相册</translation>
    </message>
</context>
<context>
    <name>AskingDialog</name>
    <message>
        <source>How to ask</source>
        <translation>怎样提问</translation>
    </message>
    <message>
        <source>Words say what a photo shows</source>
        <translation>词语说明照片里有什么</translation>
    </message>
    <message>
        <source>Facts say what its file says of it</source>
        <translation>条件说明文件怎么说</translation>
    </message>
    <message>
        <source>What can be asked for</source>
        <translation>可以问什么</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Click an example to ask it.</source>
        <translation>点击例子即可提问。</translation>
    </message>
    <message>
        <source>dog on the beach</source>
        <translation>沙滩上的狗</translation>
    </message>
    <message>
        <source>looks like that</source>
        <translation>看起来像这样</translation>
    </message>
    <message>
        <source>sunset + sea</source>
        <translation>日落 + 大海</translation>
    </message>
    <message>
        <source>looks like both</source>
        <translation>同时像这两者</translation>
    </message>
    <message>
        <source>dog - beach</source>
        <translation>狗 - 沙滩</translation>
    </message>
    <message>
        <source>dog -&quot;two people&quot;</source>
        <translation>狗 -&quot;两个人&quot;</translation>
    </message>
    <message>
        <source>like the one and not like the other</source>
        <translation>像前者而不像后者</translation>
    </message>
    <message>
        <source>2:dog snow</source>
        <translation>2:狗 雪</translation>
    </message>
    <message>
        <source>0.5:dog snow</source>
        <translation>0.5:狗 雪</translation>
    </message>
    <message>
        <source>counts more, or less</source>
        <translation>权重更大或更小</translation>
    </message>
    <message>
        <source>&quot;red car&quot; in the rain</source>
        <translation>雨中的 &quot;红色汽车&quot;</translation>
    </message>
    <message>
        <source>quotes hold words together</source>
        <translation>引号把词语合在一起</translation>
    </message>
    <message>
        <source>OR</source>
        <translation>或</translation>
    </message>
    <message>
        <source>beach {fact}</source>
        <translation>沙滩 {fact}</translation>
    </message>
    <message>
        <source>words and facts, side by side</source>
        <translation>词语和条件并列</translation>
    </message>
    <message>
        <source>not that</source>
        <translation>不是这样</translation>
    </message>
    <message>
        <source>one of these</source>
        <translation>其中之一</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>ranges, in dates and numbers</source>
        <translation>日期和数字的范围</translation>
    </message>
    <message>
        <source>either, between facts</source>
        <translation>任一，用在条件之间</translation>
    </message>
    <message>
        <source>also {names}</source>
        <translation>也写作 {names}</translation>
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
    <name>ChangeProgress</name>
    <message>
        <source>{done} of {total}</source>
        <translation>{done}/{total}</translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation>到此为止</translation>
    </message>
    <message>
        <source>Moving files</source>
        <translation>正在移动文件</translation>
    </message>
</context>
<context>
    <name>Changes</name>
    <message>
        <source>Stopped: {done} of {total} files are back. Undo goes on with the others.</source>
        <translation>已停止：{total} 个文件中有 {done} 个已放回。再次撤销会继续处理其余文件。</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Enter changes it, Delete takes it out</source>
        <translation>按 Enter 修改，按 Delete 去掉</translation>
    </message>
    <message>
        <source>Take out (Delete)</source>
        <translation>去掉（Delete）</translation>
    </message>
</context>
<context>
    <name>ChipRow</name>
    <message>
        <source>Add a fact</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>Date, folder, camera and more (Ctrl+Shift+F)</source>
        <translation>日期、文件夹、相机等（Ctrl+Shift+F）</translation>
    </message>
    <message>
        <source>Take it in the place of the words (Alt+Enter)</source>
        <translation>用它代替这些词（Alt+Enter）</translation>
    </message>
    <message>
        <source>Take it in the place of the words</source>
        <translation>用它代替这些词</translation>
    </message>
    <message>
        <source>Did you mean {fact}?</source>
        <translation>是指“{fact}”吗？</translation>
    </message>
    <message>
        <source>Saved:</source>
        <translation>已存：</translation>
    </message>
    <message>
        <source>Recent:</source>
        <translation>最近：</translation>
    </message>
    <message>
        <source>Enter asks it again, Delete takes it out</source>
        <translation>按 Enter 再次搜索，按 Delete 去掉</translation>
    </message>
</context>
<context>
    <name>ClosedTask</name>
    <message>
        <source>Something unexpected happened: {error}. Nothing was taken away.</source>
        <translation>发生意外：{error}。没有移除任何内容。</translation>
    </message>
    <message>
        <source>Open Recollect</source>
        <translation>打开 Recollect</translation>
    </message>
    <message>
        <source>Recollect</source>
        <translation>Recollect</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Photos side by side</source>
        <translation>并排照片</translation>
    </message>
    <message>
        <source>Back to the photos (Esc)</source>
        <translation>返回照片列表 (Esc)</translation>
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
        <source>Fit to window (Ctrl+0)</source>
        <translation>适合窗口（Ctrl+0）</translation>
    </message>
    <message>
        <source>Actual size (Ctrl+1)</source>
        <translation>实际大小（Ctrl+1）</translation>
    </message>
    <message>
        <source>{shown} of {photos}</source>
        <translation>{photos}中的 {shown} 张</translation>
    </message>
</context>
<context>
    <name>CompletionList</name>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
</context>
<context>
    <name>ConnectDialog</name>
    <message>
        <source>Connect to a library on a server</source>
        <translation>连接到服务器上的图库</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>photos.example.com, or with a port: HOST:5432</source>
        <translation>photos.example.com，或带端口：HOST:5432</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>as on this computer</source>
        <translation>与本机相同</translation>
    </message>
    <message>
        <source>Or an address</source>
        <translation>或者地址</translation>
    </message>
    <message>
        <source>postgresql://USER@HOST/DATABASE, or the name of a service</source>
        <translation>postgresql://USER@HOST/DATABASE，或服务名称</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>A library on a PostgreSQL server is searched and indexed by everybody who may connect to it.</source>
        <translation>PostgreSQL 服务器上的图库，凡是能连接它的人都可以搜索和建立索引。</translation>
    </message>
    <message>
        <source>Recollect keeps no passwords: it uses those of PostgreSQL&apos;s own files (pgpass, service file), its environment variables, or certificates.</source>
        <translation>Recollect 不保存密码：它使用 PostgreSQL 自己的文件（pgpass、服务文件）、环境变量或证书。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Trying…</source>
        <translation>正在尝试…</translation>
    </message>
    <message>
        <source>There is no library there yet.</source>
        <translation>那里还没有图库。</translation>
    </message>
    <message>
        <source>Open makes a new, empty one.</source>
        <translation>点“打开”会新建一个空图库。</translation>
    </message>
    <message>
        <source>There is a library.</source>
        <translation>那里有一个图库。</translation>
    </message>
    <message>
        <source>You may search and change it.</source>
        <translation>您可以搜索和更改它。</translation>
    </message>
    <message>
        <source>You may search it, and change nothing.</source>
        <translation>您可以搜索它，但不能更改。</translation>
    </message>
    <message>
        <source>Something unexpected happened: {error}</source>
        <translation>发生了意外：{error}</translation>
    </message>
</context>
<context>
    <name>CrashReports</name>
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
        <source>It could not be written to a file: copy it if you want to keep it.</source>
        <translation>报告无法写入文件：如果想保留，请复制它。</translation>
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
    <name>DatePicker</name>
    <message>
        <source>Calendar</source>
        <translation>日历</translation>
    </message>
</context>
<context>
    <name>DateScrubber</name>
    <message>
        <source>Dates</source>
        <translation>日期</translation>
    </message>
</context>
<context>
    <name>DuplicatesPage</name>
    <message>
        <source>What is the same</source>
        <translation>相同之处</translation>
    </message>
    <message>
        <source>Protected folders…</source>
        <translation>受保护的文件夹…</translation>
    </message>
    <message>
        <source>Back to the photos (Esc)</source>
        <translation>返回照片 (Esc)</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复照片</translation>
    </message>
    <message>
        <source>Arrows: from photo to photo · Enter: keep only this one · Space: keep or let go · Delete: move the rest to the trash · A: keep all · C: compare</source>
        <translation>方向键：切换照片 · Enter：只保留这一张 · 空格：保留或不保留 · Delete：将其余移到回收站 · A：全部保留 · C：比较</translation>
    </message>
    <message>
        <source>Same file</source>
        <translation>相同文件</translation>
    </message>
    <message>
        <source>Same picture</source>
        <translation>相同画面</translation>
    </message>
    <message>
        <source>Same moment</source>
        <translation>同一时刻</translation>
    </message>
    <message>
        <source>The same file in several places, to the byte. Nothing is lost while one of them stays.</source>
        <translation>同一个文件存放在多个位置，内容完全一致。只要保留其中一个，就不会丢失任何内容。</translation>
    </message>
    <message>
        <source>One picture saved more than once: smaller, in another format or quality. An edit that looks almost the same may be among them, so have a look.</source>
        <translation>同一画面保存了多次：尺寸更小，或格式、质量不同。其中可能有看起来几乎一样的编辑版本，请先看一看。</translation>
    </message>
    <message>
        <source>Different photos that a camera took within seconds of each other. Nothing goes here unless you say so, photo by photo.</source>
        <translation>同一台相机在几秒内拍摄的不同照片。除非您逐张选择，否则这里不会移走任何照片。</translation>
    </message>
    <message>
        <source>In a large library this takes a moment.</source>
        <translation>图库较大时需要稍等片刻。</translation>
    </message>
    <message>
        <source>Looking for duplicates…</source>
        <translation>正在查找重复照片…</translation>
    </message>
    <message>
        <source>No file lies in your folders twice.</source>
        <translation>您的文件夹中没有重复的文件。</translation>
    </message>
    <message>
        <source>No picture is there in several sizes or formats.</source>
        <translation>没有以多种尺寸或格式保存的同一画面。</translation>
    </message>
    <message>
        <source>No photos were taken within seconds of each other that look alike.</source>
        <translation>没有在几秒内拍摄的相似照片。</translation>
    </message>
    <message>
        <source>What you keep all of is shown again when there is one more. New photos are compared by themselves.</source>
        <translation>选择全部保留的照片，只有在又多出一张时才会再次显示。新照片会自动比较。</translation>
    </message>
    <message>
        <source>Moving to the trash…</source>
        <translation>正在移到回收站…</translation>
    </message>
    <message numerus="yes">
        <source>Move all suggested to the trash: %Ln ({size})…</source>
        <translation>
            <numerusform>将所有建议项移到回收站：%Ln 项（{size}）…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) may be two shots of one second: they are left out of that.</source>
        <translation>
            <numerusform>%Ln 组可能是同一秒内的两次拍摄：不包括在内。</numerusform>
        </translation>
    </message>
    <message>
        <source>Move {photos} to the trash?</source>
        <translation>将 {photos}移到回收站？</translation>
    </message>
    <message numerus="yes">
        <source>One stays of each of the %Ln group(s), and all in protected folders. This frees {size} once the trash is emptied; until then undoing brings them back.</source>
        <translation>
            <numerusform>%Ln 组中每组都会保留一个，受保护文件夹中的全部保留。清空回收站后将释放 {size}；在此之前可以撤销恢复。</numerusform>
        </translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Keep only this one</source>
        <translation>只保留这一张</translation>
    </message>
    <message>
        <source>Keep or let go</source>
        <translation>保留或不保留</translation>
    </message>
    <message>
        <source>Open with default app</source>
        <translation>用默认应用打开</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Protect the folder “{folder}”</source>
        <translation>保护文件夹“{folder}”</translation>
    </message>
</context>
<context>
    <name>ExampleHint</name>
    <message>
        <source>dog, cat, beach, snow, flowers, food, cake, car, train, boat, airplane, bicycle, mountains, sunset, children, street at night, horse, bird, kitchen, sport</source>
        <translation>狗, 猫, 海滩, 雪, 花, 食物, 蛋糕, 汽车, 火车, 船, 飞机, 自行车, 山, 日落, 孩子, 夜晚的街道, 马, 鸟, 厨房, 运动</translation>
    </message>
</context>
<context>
    <name>ExampleLine</name>
    <message>
        <source>You can ask already:</source>
        <translation>现在就可以问：</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>ExportActions</name>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>正在导出…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose the photos to export first.</source>
        <translation>请先选择要导出的照片。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) exported to “{folder}”.</source>
        <translation>
            <numerusform>已将 %Ln 张照片导出到“{folder}”。</numerusform>
        </translation>
    </message>
    <message>
        <source>No photo was exported.</source>
        <translation>没有导出任何照片。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be read.</source>
        <translation>
            <numerusform>%Ln 张无法读取。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export {photos}</source>
        <translation>导出 {photos}</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Keep camera, date and place in the files</source>
        <translation>在文件中保留相机、日期和地点</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Exported photos</source>
        <translation>导出的照片</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>原文件</translation>
    </message>
    <message>
        <source>At most {side} pixels</source>
        <translation>最多 {side} 像素</translation>
    </message>
    <message>
        <source>Full size</source>
        <translation>原尺寸</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{name}, {date} and {number} stand for those of the photo: “{example}”</source>
        <translation>{name}、{date} 和 {number} 代表照片的名称、日期和编号：“{example}”</translation>
    </message>
    <message>
        <source>Choose a folder for the copies</source>
        <translation>选择存放副本的文件夹</translation>
    </message>
</context>
<context>
    <name>FactPopup</name>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>Leave these out</source>
        <translation>排除这些</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Type what you want.</source>
        <translation>请输入要找的内容。</translation>
    </message>
    <message>
        <source>No photo here has one.</source>
        <translation>这里没有照片有此信息。</translation>
    </message>
</context>
<context>
    <name>FactsPanel</name>
    <message>
        <source>Find similar photos</source>
        <translation>查找相似照片</translation>
    </message>
    <message>
        <source>Search with a part…</source>
        <translation>用照片的一部分搜索…</translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation>标签…</translation>
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
        <source>Tags: {tags}</source>
        <translation>标签：{tags}</translation>
    </message>
    <message>
        <source>Why it is here</source>
        <translation>为什么在这里</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
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
        <source>Exposure</source>
        <translation>曝光</translation>
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
        <source>Of the same shot</source>
        <translation>同一次拍摄</translation>
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
    <name>FileActions</name>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Move to another folder…</source>
        <translation>移到其他文件夹…</translation>
    </message>
    <message>
        <source>Write XMP files beside photos</source>
        <translation>在照片旁写入 XMP 文件</translation>
    </message>
    <message>
        <source>Move {photos} to</source>
        <translation>将 {photos}移到</translation>
    </message>
    <message>
        <source>{move} (of each group only the photo shown)</source>
        <translation>{move}（每组只限所显示的那张）</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Every file that holds it goes, copies in other folders too.</source>
        <translation>包含它的所有文件都会移走，其他文件夹中的副本也一样。</translation>
    </message>
    <message>
        <source>It stands for other photos, too: those stay.</source>
        <translation>它还代表其他照片：那些照片会保留。</translation>
    </message>
    <message>
        <source>Of photos that are shown as one, only the one you see goes.</source>
        <translation>合为一张显示的照片中，只移走看到的那一张。</translation>
    </message>
    <message>
        <source>Move {photos} to the trash?</source>
        <translation>将 {photos}移到回收站？</translation>
    </message>
    <message>
        <source>What came back is shown when indexing goes on.</source>
        <translation>放回的照片会在继续建立索引后显示。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Every file that holds one of them goes, copies in other folders too.</source>
        <translation>包含它们的每个文件都会移走，其他文件夹里的副本也一样。</translation>
    </message>
    <message>
        <source>Do not ask again</source>
        <translation>不再询问</translation>
    </message>
</context>
<context>
    <name>FilmStrip</name>
    <message>
        <source>Photos before and after</source>
        <translation>前后的照片</translation>
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
    <name>FolderPlacing</name>
    <message>
        <source>Where is it on this computer?…</source>
        <translation>它在这台电脑上的什么位置？…</translation>
    </message>
    <message>
        <source>Added as “{path}”; it lies here at a path of its own.</source>
        <translation>添加时的路径是“{path}”；在这台电脑上它位于另一路径。</translation>
    </message>
    <message>
        <source>It lies at the path at which it was added.</source>
        <translation>它就在添加时的路径。</translation>
    </message>
    <message>
        <source>Choose the folder in which the photos of “{path}” lie</source>
        <translation>选择“{path}”的照片所在的文件夹</translation>
    </message>
    <message>
        <source>Looking whether its photos lie there…</source>
        <translation>正在查看它的照片是否在那里…</translation>
    </message>
</context>
<context>
    <name>FoldersDialog</name>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
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
        <source>Read text in its pictures</source>
        <translation>识别其中图片的文字</translation>
    </message>
    <message>
        <source>Photos of this folder are found by the words that are written in them</source>
        <translation>可以用图片中写的字找到这个文件夹里的照片</translation>
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
    <name>GeneralPage</name>
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
        <source>High contrast</source>
        <translation>高对比度</translation>
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
        <source>Reduce motion</source>
        <translation>减少动态效果</translation>
    </message>
    <message>
        <source>Photos do not fade in, and moving pictures wait until A is pressed</source>
        <translation>照片不再淡入，动图等到按下 A 键才播放</translation>
    </message>
    <message>
        <source>Write XMP files beside photos</source>
        <translation>在照片旁写入 XMP 文件</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>其他程序</translation>
    </message>
    <message>
        <source>Your stars, tags, titles, captions and favourites then go into a file beside each photo (photo.jpg.xmp), where Lightroom, digiKam, darktable and others read them: all there are now, and whatever you change. What others wrote there stays, and the photos themselves are never changed.</source>
        <translation>您的星级、标签、标题、说明和收藏将写入每张照片旁的文件（photo.jpg.xmp），供 Lightroom、digiKam、darktable 等程序读取：包括现有的全部内容和以后的每次更改。其他程序写入的内容保持不变，照片本身绝不改动。</translation>
    </message>
    <message>
        <source>Go on watching in the tray when the window is closed</source>
        <translation>关闭窗口后在托盘中继续监视</translation>
    </message>
    <message>
        <source>Start in the tray, without a window</source>
        <translation>启动时进入托盘，不显示窗口</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>后台</translation>
    </message>
    <message>
        <source>New photos are then learned as they come. Quit, in the icon&apos;s menu, ends it.</source>
        <translation>新照片一出现就会被学习。在图标的菜单中选择“退出”即可结束。</translation>
    </message>
    <message>
        <source>This desktop shows no tray, so closing the window ends the program.</source>
        <translation>此桌面没有托盘，因此关闭窗口即结束程序。</translation>
    </message>
    <message>
        <source>Start when I log in</source>
        <translation>登录时启动</translation>
    </message>
    <message>
        <source>The system did not allow that.</source>
        <translation>系统不允许此操作。</translation>
    </message>
    <message>
        <source>At login</source>
        <translation>登录时</translation>
    </message>
    <message>
        <source>In the tray if that is turned on above, else with its window minimised.</source>
        <translation>如果上面已启用托盘，则在托盘中启动；否则窗口最小化。</translation>
    </message>
    <message>
        <source>Look for a newer version</source>
        <translation>查看是否有新版本</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Look for a newer version once a day</source>
        <translation>每天检查一次新版本</translation>
    </message>
    <message>
        <source>Asks {host} for its number. Nothing about you or your photos is sent; nothing is downloaded.</source>
        <translation>向 {host} 询问最新的版本号。不会发送任何关于您或您照片的信息，也不会下载任何内容。</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>There was no answer. Try again later.</source>
        <translation>没有得到答复，请稍后再试。</translation>
    </message>
    <message>
        <source>Recollect {version} is available.</source>
        <translation>Recollect {version} 已发布。</translation>
    </message>
    <message>
        <source>This is the newest version.</source>
        <translation>这已是最新版本。</translation>
    </message>
</context>
<context>
    <name>GroupActions</name>
    <message>
        <source>Open or close the group</source>
        <translation>展开或收起这一组</translation>
    </message>
    <message>
        <source>Photos alike as one</source>
        <translation>相似照片合为一张</translation>
    </message>
</context>
<context>
    <name>GroupCard</name>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>全部保留</translation>
    </message>
    <message>
        <source>See them large, side by side (C)</source>
        <translation>并排放大查看 (C)</translation>
    </message>
    <message>
        <source>Keep all of them, and be asked again only if there is one more (A)</source>
        <translation>全部保留，只有在又多出一张时才再次询问 (A)</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>第 {number} 张，共 {count} 张</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln to the trash ({size})</source>
        <translation>
            <numerusform>将 %Ln 项移到回收站（{size}）</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing goes</source>
        <translation>全部保留中</translation>
    </message>
    <message>
        <source>Move what is not kept to the trash (Delete)</source>
        <translation>将不保留的移到回收站 (Delete)</translation>
    </message>
    <message>
        <source>Protected, stays</source>
        <translation>受保护，保留</translation>
    </message>
    <message>
        <source>Not within reach, stays</source>
        <translation>暂时无法访问，保留</translation>
    </message>
    <message>
        <source>To the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Keep (suggested)</source>
        <translation>保留（建议）</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>only the name tells them apart</source>
        <translation>只有名称不同</translation>
    </message>
    <message>
        <source>only the folder tells them apart</source>
        <translation>只有所在文件夹不同</translation>
    </message>
    <message>
        <source>suggested to keep: {name} ({reason})</source>
        <translation>建议保留：{name}（{reason}）</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more are not shown, and stay</source>
        <translation>
            <numerusform>另有 %Ln 张未显示，将保留</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GroupView</name>
    <message>
        <source>Groups of duplicates</source>
        <translation>重复照片组</translation>
    </message>
    <message>
        <source>Group {number} of {count}</source>
        <translation>第 {number} 组，共 {count} 组</translation>
    </message>
</context>
<context>
    <name>Histogram</name>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
    <message>
        <source>On average {share} % as bright as white</source>
        <translation>平均亮度为白色的 {share} %</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import a model</source>
        <translation>导入模型</translation>
    </message>
    <message>
        <source>Folder or file of the model</source>
        <translation>模型的文件夹或文件</translation>
    </message>
    <message>
        <source>A folder, or a safetensors file</source>
        <translation>文件夹，或 safetensors 文件</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>As its folder or architecture</source>
        <translation>与文件夹或架构同名</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>A folder holds open_clip_config.json and its weights, or visual/model.onnx and textual/model.onnx. A file needs the name of its architecture.</source>
        <translation>文件夹内应有 open_clip_config.json 及其权重，或 visual/model.onnx 与 textual/model.onnx。若选择文件，则需要填写架构名称。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>IndexingBar</name>
    <message>
        <source>Go on anyway</source>
        <translation>仍然继续</translation>
    </message>
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
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Reading what is written in your photos</source>
        <translation>正在读取照片中的信息</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>The server prepares the search</source>
        <translation>服务器正在准备搜索</translation>
    </message>
    <message>
        <source>Reading text in your pictures</source>
        <translation>正在识别图片中的文字</translation>
    </message>
    <message numerus="yes">
        <source>%Ln with text</source>
        <translation>
            <numerusform>%Ln 张有文字</numerusform>
        </translation>
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
        <source>Paused: outside the hours for it</source>
        <translation>已暂停：不在设定的时段内</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Paused: on battery</source>
        <translation>已暂停：正在使用电池</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>IndexingFeedback</name>
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
    <name>IndexingPage</name>
    <message>
        <source>Pause on battery</source>
        <translation>使用电池时暂停</translation>
    </message>
    <message>
        <source>Battery</source>
        <translation>电池</translation>
    </message>
    <message>
        <source>New photos wait until the computer is plugged in; searching goes on</source>
        <translation>新照片会等到接通电源后再处理；搜索不受影响</translation>
    </message>
    <message>
        <source>Only at certain hours</source>
        <translation>仅在特定时段</translation>
    </message>
    <message>
        <source>Begin of the hours</source>
        <translation>时段的开始</translation>
    </message>
    <message>
        <source>End of the hours</source>
        <translation>时段的结束</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>New photos wait until then; searching goes on. “Go on anyway” is below the photos.</source>
        <translation>新照片会等到那时；搜索照常进行。照片下方有“仍然继续”。</translation>
    </message>
    <message>
        <source>As fast as possible</source>
        <translation>尽可能快</translation>
    </message>
    <message>
        <source>Half the time</source>
        <translation>一半的时间</translation>
    </message>
    <message>
        <source>A fifth of the time</source>
        <translation>五分之一的时间</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>With rests between photos the computer stays cooler and quieter, and takes longer.</source>
        <translation>照片之间有间歇，电脑更凉爽、更安静，但用时更长。</translation>
    </message>
    <message>
        <source>Read text in pictures</source>
        <translation>识别图片中的文字</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>In the background, when nothing else is to be done; on this computer alone</source>
        <translation>在后台空闲时进行，只在这台电脑上</translation>
    </message>
</context>
<context>
    <name>JumpDialog</name>
    <message>
        <source>Go to a date</source>
        <translation>转到日期</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>May 2019, 2019-05-17, last summer…</source>
        <translation>2019年5月、2019-05-17、去年夏天……</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Go to the photos of</source>
        <translation>转到这一天或这段时间的照片</translation>
    </message>
    <message>
        <source>These photos are not in the order of their dates.</source>
        <translation>这些照片没有按日期排序。</translation>
    </message>
    <message>
        <source>This is no date that Recollect knows.</source>
        <translation>Recollect 认不出这个日期。</translation>
    </message>
    <message>
        <source>There are no photos of then. The nearest are of {day}.</source>
        <translation>那时没有照片。最近的是{day}的照片。</translation>
    </message>
</context>
<context>
    <name>KeptQuestions</name>
    <message>
        <source>Save this question</source>
        <translation>保存此搜索</translation>
    </message>
    <message>
        <source>What is it called? It goes on finding what is new.</source>
        <translation>叫什么名字？以后新增的照片也会被找到。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Ask it</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Make an album of what it finds</source>
        <translation>用搜索结果新建相册</translation>
    </message>
    <message>
        <source>Delete saved search</source>
        <translation>删除保存的搜索</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Usual keys</source>
        <translation>默认按键</translation>
    </message>
    <message>
        <source>{key} is the key of “{action}”.</source>
        <translation>{key} 已是“{action}”的按键。</translation>
    </message>
    <message>
        <source>{key} always means the same.</source>
        <translation>{key} 的含义是固定的。</translation>
    </message>
</context>
<context>
    <name>LibraryMenu</name>
    <message>
        <source>Library</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation>连接…</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>在本机上</translation>
    </message>
</context>
<context>
    <name>LikelyControls</name>
    <message>
        <source>How many count as likely (Ctrl+[ for fewer, Ctrl+] for more)</source>
        <translation>多少算作可能符合（Ctrl+[ 减少，Ctrl+] 增加）</translation>
    </message>
    <message>
        <source>How many count as likely</source>
        <translation>多少算作可能符合</translation>
    </message>
    <message>
        <source>By date</source>
        <translation>按日期</translation>
    </message>
    <message>
        <source>The newest of the likely matches first</source>
        <translation>可能符合的照片中，最新的排在最前</translation>
    </message>
    <message>
        <source>None is a likely match: the best first</source>
        <translation>没有可能符合的照片：最接近的排在最前</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>The model is loading; the answer comes in a moment…</source>
        <translation>正在加载模型，结果马上就来…</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>None of these photos says where it was taken.</source>
        <translation>这些照片都没有记录拍摄地点。</translation>
    </message>
    <message>
        <source>Back to the photos (Esc)</source>
        <translation>返回照片 (Esc)</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Drag with Shift held to draw a circle</source>
        <translation>按住 Shift 拖动可画圆</translation>
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
        <source>Show all photos (Home)</source>
        <translation>显示所有照片 (Home)</translation>
    </message>
    <message>
        <source>{count} of {all} photos say where they were taken</source>
        <translation>{all} 张照片中有 {count} 张记录了拍摄地点</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) here</source>
        <translation>
            <numerusform>此处有 %Ln 张照片</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MarkActions</name>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>星级</translation>
    </message>
    <message>
        <source>No stars</source>
        <translation>无星级</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>向右旋转</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>向左旋转</translation>
    </message>
    <message>
        <source>Write the turn into the file…</source>
        <translation>将旋转写入文件…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Turn {photos} in the file?</source>
        <translation>在文件中旋转 {photos}？</translation>
    </message>
    <message>
        <source>Of each that is turned here, the number in the file is changed that says which way is up, so that other programs show it so, too. The picture and all else in the file stay to the byte; Undo takes it back. Only JPEG files have room for it.</source>
        <translation>对于在此处旋转过的照片，将修改文件中表示方向的那个数字，使其他程序也以同样方向显示。图像和文件中的其他内容逐字节保持不变；可以撤销。仅支持 JPEG 文件。</translation>
    </message>
    <message>
        <source>Turn in the file</source>
        <translation>在文件中旋转</translation>
    </message>
</context>
<context>
    <name>MarksField</name>
    <message>
        <source>Favourite (F)</source>
        <translation>收藏 (F)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln star(s)</source>
        <translation>
            <numerusform>%Ln 星</numerusform>
        </translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>已选</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>All photos in equal cells</source>
        <translation>所有照片使用相同大小的格子</translation>
    </message>
    <message>
        <source>Headings</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>As the size of the photos</source>
        <translation>随照片大小</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>按天</translation>
    </message>
    <message>
        <source>Months</source>
        <translation>按月</translation>
    </message>
    <message>
        <source>Years</source>
        <translation>按年</translation>
    </message>
    <message>
        <source>No headings</source>
        <translation>不显示标题</translation>
    </message>
    <message>
        <source>Show or fold the sidebar</source>
        <translation>显示或折叠侧边栏</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Add a fact</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>Take the fact that is offered</source>
        <translation>采用所提示的条件</translation>
    </message>
    <message>
        <source>Save this question</source>
        <translation>保存此搜索</translation>
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
        <source>Count more as likely</source>
        <translation>把更多照片算作可能符合</translation>
    </message>
    <message>
        <source>Count fewer as likely</source>
        <translation>把更少照片算作可能符合</translation>
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
        <source>Search with a part…</source>
        <translation>用照片的一部分搜索…</translation>
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
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>View</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复照片</translation>
    </message>
    <message>
        <source>Go to a date…</source>
        <translation>转到日期…</translation>
    </message>
    <message>
        <source>Search with the clipboard</source>
        <translation>用剪贴板搜索</translation>
    </message>
    <message>
        <source>Select this day, month or year</source>
        <translation>选中这一天、月或年</translation>
    </message>
    <message>
        <source>Invert selection</source>
        <translation>反选</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>模型…</translation>
    </message>
    <message>
        <source>How to ask</source>
        <translation>怎样提问</translation>
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
    <message>
        <source>Open the library on this computer</source>
        <translation>打开本机上的图库</translation>
    </message>
    <message>
        <source>Repair the library</source>
        <translation>修复图库</translation>
    </message>
    <message>
        <source>Your photos are not affected. There is a good copy, “{copy}”; the damaged file is kept beside it.</source>
        <translation>您的照片不受影响。有一份完好的副本“{copy}”；损坏的文件会保留在旁边。</translation>
    </message>
    <message>
        <source>Put the copy back</source>
        <translation>恢复副本</translation>
    </message>
    <message>
        <source>Your photos are not affected. Repairing saves all that can be read of the library; the rest is read again from your photos. The damaged file is kept.</source>
        <translation>您的照片不受影响。修复会保存图库中所有能读出的内容，其余部分会从您的照片重新读取。损坏的文件会保留。</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Get…</source>
        <translation>下载…</translation>
    </message>
    <message>
        <source>Use…</source>
        <translation>使用…</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测速</translation>
    </message>
    <message>
        <source>See how fast it is on this computer: about half a minute</source>
        <translation>测一测它在这台电脑上有多快：约半分钟</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress of {model}</source>
        <translation>{model}的进度</translation>
    </message>
    <message>
        <source>Measuring how fast it is here…</source>
        <translation>正在测量它在这台电脑上的速度…</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>This is the light Recollect: it runs models on the processor. Those marked below, and graphics cards, need the full one, which opens the same library.</source>
        <translation>这是轻量版 Recollect：模型在处理器上运行。下面注明的模型和显卡需要完整版，完整版打开的是同一个图库。</translation>
    </message>
    <message>
        <source>A model understands your photos and your words. All of them work on this computer, offline.</source>
        <translation>模型负责理解您的照片和您写的描述。所有模型都在这台电脑上离线运行。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>About {size} will be fetched from the internet. Only the model comes here; nothing about your photos is sent. Stopped, it goes on where it was.</source>
        <translation>将从网络下载约 {size}。只下载模型，不会发送任何关于您照片的信息。中断后可以接着下载。</translation>
    </message>
    <message>
        <source>Get “{model}”?</source>
        <translation>下载“{model}”？</translation>
    </message>
    <message>
        <source>Get</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Use “{model}”?</source>
        <translation>使用“{model}”？</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>You can get it again at any time.</source>
        <translation>您随时可以重新下载。</translation>
    </message>
    <message>
        <source>To use it again you need the folder or file it came from.</source>
        <translation>要再次使用它，需要原来的文件夹或文件。</translation>
    </message>
    <message>
        <source>This frees {size}.</source>
        <translation>这将释放 {size}。</translation>
    </message>
    <message>
        <source>Remove “{model}” from this computer?</source>
        <translation>从这台电脑移除“{model}”？</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>MonthHistogram</name>
    <message>
        <source>Photos by month</source>
        <translation>每月的照片</translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Navigator</name>
    <message>
        <source>There is no file or folder “{path}”.</source>
        <translation>没有名为“{path}”的文件或文件夹。</translation>
    </message>
    <message>
        <source>“{name}” was skipped: {reason}</source>
        <translation>“{name}”被跳过了：{reason}</translation>
    </message>
    <message>
        <source>“{name}” is no picture that Recollect can read.</source>
        <translation>“{name}”不是 Recollect 能读取的图片。</translation>
    </message>
    <message>
        <source>“{name}” is new. It will be among the photos of this folder soon.</source>
        <translation>“{name}”是新文件，很快就会出现在这个文件夹的照片中。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln folder(s) are not in your library.</source>
        <translation>
            <numerusform>有 %Ln 个文件夹不在您的图库中。</numerusform>
        </translation>
    </message>
    <message>
        <source>Add them</source>
        <translation>全部添加</translation>
    </message>
    <message>
        <source>“{name}” is not in your library, and neither is its folder “{folder}”.</source>
        <translation>“{name}”不在您的图库中，它所在的文件夹“{folder}”也不在。</translation>
    </message>
    <message>
        <source>Add its folder</source>
        <translation>添加所在文件夹</translation>
    </message>
    <message>
        <source>“{folder}” is not in your library.</source>
        <translation>“{folder}”不在您的图库中。</translation>
    </message>
    <message>
        <source>Add this folder</source>
        <translation>添加此文件夹</translation>
    </message>
</context>
<context>
    <name>OpenWithActions</name>
    <message>
        <source>Open with</source>
        <translation>打开方式</translation>
    </message>
    <message>
        <source>Open with another app…</source>
        <translation>用其他程序打开…</translation>
    </message>
    <message>
        <source>“{name}” could not be started.</source>
        <translation>无法启动“{name}”。</translation>
    </message>
</context>
<context>
    <name>OpenWithDialog</name>
    <message>
        <source>Open with another app</source>
        <translation>用其他程序打开</translation>
    </message>
    <message>
        <source>Find an app</source>
        <translation>查找程序</translation>
    </message>
    <message>
        <source>Apps</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>For these photos</source>
        <translation>适用于这些照片</translation>
    </message>
    <message>
        <source>Other apps</source>
        <translation>其他程序</translation>
    </message>
    <message>
        <source>Open {photos} with</source>
        <translation>用以下程序打开 {photos}</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose an app</source>
        <translation>选择程序</translation>
    </message>
</context>
<context>
    <name>PartChooser</name>
    <message>
        <source>Search with a part of the photo</source>
        <translation>用照片的一部分搜索</translation>
    </message>
    <message>
        <source>Draw what to look for. Arrows move it, Shift sizes it, Enter searches, Esc cancels.</source>
        <translation>框出要找的内容。方向键移动，Shift 加方向键调整大小，Enter 搜索，Esc 取消。</translation>
    </message>
</context>
<context>
    <name>PhotoActions</name>
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
    <name>PhotoLayoutArea</name>
    <message>
        <source>Less likely</source>
        <translation>可能性较小</translation>
    </message>
    <message>
        <source>Choose all photos of this day</source>
        <translation>选中这一天的所有照片</translation>
    </message>
    <message>
        <source>Choose all photos of this year</source>
        <translation>选中这一年的所有照片</translation>
    </message>
    <message>
        <source>Choose all photos of this month</source>
        <translation>选中这个月的所有照片</translation>
    </message>
    <message>
        <source>Without a date</source>
        <translation>没有日期</translation>
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
        <source>There are no readable photos in this folder.</source>
        <translation>这个文件夹里没有可以读取的照片。</translation>
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
        <source>Press F at a photo, or the heart beside it while it is shown large.</source>
        <translation>选中照片后按 F，或在大图旁点按心形。</translation>
    </message>
    <message>
        <source>No favourites yet</source>
        <translation>还没有收藏</translation>
    </message>
    <message>
        <source>Drag chosen photos onto the album&apos;s name, or use “Add to album” in their menu.</source>
        <translation>把选中的照片拖到相册名称上，或使用照片菜单中的“加入相册”。</translation>
    </message>
    <message>
        <source>No photos in this album</source>
        <translation>这个相册里没有照片</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>No photo has this fact. Take it out above.</source>
        <translation>没有照片符合这个条件。请在上方去掉它。</translation>
    </message>
    <message>
        <source>No photo has all of these facts. Take one of them out above.</source>
        <translation>没有照片符合所有这些条件。请在上方去掉其中一个。</translation>
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
    <name>PictureQuestions</name>
    <message>
        <source>There is no picture and no text in the clipboard.</source>
        <translation>剪贴板中没有图片，也没有文字。</translation>
    </message>
</context>
<context>
    <name>PlaceMap</name>
    <message>
        <source>Where it was taken</source>
        <translation>拍摄地点</translation>
    </message>
</context>
<context>
    <name>PrintActions</name>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Printing…</source>
        <translation>正在打印…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose the photos to print first.</source>
        <translation>请先选择要打印的照片。</translation>
    </message>
    <message>
        <source>Print the first {photos} of {all}</source>
        <translation>打印前 {photos}（共 {all} 张）</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>The printer took no photos. Is it there, and can the file be written?</source>
        <translation>打印机没有接受照片。打印机是否已连接，文件是否可以写入？</translation>
    </message>
    <message>
        <source>No photo was printed.</source>
        <translation>没有打印任何照片。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) sent to the printer.</source>
        <translation>
            <numerusform>已将 %Ln 张照片发送到打印机。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) printed to “{file}”.</source>
        <translation>
            <numerusform>已将 %Ln 张照片打印到“{file}”。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be read.</source>
        <translation>
            <numerusform>%Ln 张无法读取。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrintDialog</name>
    <message>
        <source>Print {photos}</source>
        <translation>打印 {photos}</translation>
    </message>
    <message>
        <source>Pages as they will be printed</source>
        <translation>打印页面预览</translation>
    </message>
    <message>
        <source>Title and date below each photo</source>
        <translation>在每张照片下方注明标题和日期</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>完整照片</translation>
    </message>
    <message>
        <source>Fill the space, cut off the rest</source>
        <translation>填满空间，裁去多余部分</translation>
    </message>
    <message>
        <source>As the photos need it</source>
        <translation>根据照片自动选择</translation>
    </message>
    <message>
        <source>Upright</source>
        <translation>纵向</translation>
    </message>
    <message>
        <source>Sideways</source>
        <translation>横向</translation>
    </message>
    <message>
        <source>Paper and margins…</source>
        <translation>纸张和边距…</translation>
    </message>
    <message>
        <source>Photos on a page</source>
        <translation>每页照片数</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>适应方式</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Page {number} of {pages}</source>
        <translation>第 {number} 页，共 {pages} 页</translation>
    </message>
</context>
<context>
    <name>ProtectedDialog</name>
    <message>
        <source>Protected folders</source>
        <translation>受保护的文件夹</translation>
    </message>
    <message>
        <source>Photos in these folders, and in those inside them, are never suggested for the trash.</source>
        <translation>这些文件夹及其子文件夹中的照片，绝不会被建议移到回收站。</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Protect a folder</source>
        <translation>保护文件夹</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Details for a bug report</source>
        <translation>错误报告的详细信息</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Recollect is looking at its installation; this takes a few seconds…</source>
        <translation>Recollect 正在检查自己的安装情况，需要几秒钟…</translation>
    </message>
    <message>
        <source>Versions, devices and the library in numbers: no photo, no folder of photos, no name of yours. Nothing is sent. Copy it and paste it into your report.</source>
        <translation>这里只有版本、设备和图库的统计数字，没有您的照片、照片文件夹或姓名。不会发送任何内容。请复制后粘贴到您的报告中。</translation>
    </message>
    <message>
        <source>The details could not be gathered. What was said instead may help as well.</source>
        <translation>无法收集详细信息。下面的输出也许同样有帮助。</translation>
    </message>
    <message>
        <source>The details could not be gathered: the program did not start or said nothing.</source>
        <translation>无法收集详细信息：程序没有启动，或没有输出任何内容。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>ResultsHeader</name>
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
        <source>No matches for “{words}”</source>
        <translation>没有符合“{words}”的照片</translation>
    </message>
    <message>
        <source>Similar photos</source>
        <translation>相似照片</translation>
    </message>
    <message>
        <source>No clear match for “{words}”</source>
        <translation>没有明显符合“{words}”的照片</translation>
    </message>
    <message>
        <source>Best matches for “{words}”</source>
        <translation>与“{words}”最匹配的照片</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Album “{name}”</source>
        <translation>相册“{name}”</translation>
    </message>
    <message>
        <source>Photos with “{facts}”</source>
        <translation>符合“{facts}”的照片</translation>
    </message>
    <message>
        <source>Latest photos</source>
        <translation>最新照片</translation>
    </message>
    <message>
        <source>among {searched}</source>
        <translation>在 {searched}中</translation>
    </message>
    <message>
        <source>The nearest among {searched}</source>
        <translation>以下是 {searched}中最接近的</translation>
    </message>
    <message>
        <source>One of the first few is probably right ({searched})</source>
        <translation>最前面的几张里很可能就有（{searched}）</translation>
    </message>
    <message>
        <source>{count} of {searched} in {milliseconds} ms</source>
        <translation>从 {searched}中选出 {count} 张，用时 {milliseconds} 毫秒</translation>
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
    <message>
        <source>Search with the picture in the clipboard</source>
        <translation>用剪贴板中的图片搜索</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message>
        <source>Choose nothing (Esc)</source>
        <translation>取消选择（Esc）</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) chosen</source>
        <translation>
            <numerusform>已选择 %Ln 张照片</numerusform>
        </translation>
    </message>
    <message>
        <source>· of each group only the photo shown</source>
        <translation>· 每组只限所显示的那张</translation>
    </message>
</context>
<context>
    <name>ServerWatch</name>
    <message>
        <source>The library&apos;s server does not answer. What is shown stays; Recollect goes on by itself once it is back.</source>
        <translation>图库的服务器没有应答。已显示的内容会保留；服务器恢复后 Recollect 会自动继续。</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>建立索引</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
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
        <source>Among duplicates</source>
        <translation>在重复照片中</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>更改按键…</translation>
    </message>
    <message>
        <source>Describe a photo</source>
        <translation>描述一张照片</translation>
    </message>
    <message>
        <source>Add a fact</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>Offer every field</source>
        <translation>列出所有字段</translation>
    </message>
    <message>
        <source>Save this question</source>
        <translation>保存此搜索</translation>
    </message>
    <message>
        <source>Search with the picture in the clipboard</source>
        <translation>用剪贴板中的图片搜索</translation>
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
        <source>Show or fold the sidebar</source>
        <translation>显示或折叠侧边栏</translation>
    </message>
    <message>
        <source>Count more as likely</source>
        <translation>把更多照片算作可能符合</translation>
    </message>
    <message>
        <source>Count fewer as likely</source>
        <translation>把更少照片算作可能符合</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复照片</translation>
    </message>
    <message>
        <source>Go to a date</source>
        <translation>转到日期</translation>
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
        <source>Take the fact that is offered</source>
        <translation>采用所提示的条件</translation>
    </message>
    <message>
        <source>How to ask</source>
        <translation>怎样提问</translation>
    </message>
    <message>
        <source>Slideshow</source>
        <translation>幻灯片放映</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
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
        <source>Open with another app</source>
        <translation>用其他程序打开</translation>
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
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>星级</translation>
    </message>
    <message>
        <source>Show side by side</source>
        <translation>并排显示</translation>
    </message>
    <message>
        <source>Open or close the group</source>
        <translation>展开或收起这一组</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>向右旋转</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>向左旋转</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>New album of these photos</source>
        <translation>用这些照片新建相册</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Move to another folder</source>
        <translation>移到其他文件夹</translation>
    </message>
    <message>
        <source>Write XMP files beside photos</source>
        <translation>在照片旁写入 XMP 文件</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Select this day, month or year</source>
        <translation>选中这一天、月或年</translation>
    </message>
    <message>
        <source>Invert selection</source>
        <translation>反选</translation>
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
        <source>Copy text</source>
        <translation>复制文字</translation>
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
        <source>Fit to window, or actual size</source>
        <translation>适合窗口或实际大小</translation>
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
    <message>
        <source>Fill the window</source>
        <translation>填满窗口</translation>
    </message>
    <message>
        <source>Search with a part of the photo</source>
        <translation>用照片的一部分搜索</translation>
    </message>
    <message>
        <source>Select text in the photo</source>
        <translation>选择照片中的文字</translation>
    </message>
    <message>
        <source>Hold or play a moving picture</source>
        <translation>暂停或播放动图</translation>
    </message>
    <message>
        <source>Show or hide the photos before and after</source>
        <translation>显示或隐藏前后的照片</translation>
    </message>
    <message>
        <source>Keep only this one</source>
        <translation>只保留这一张</translation>
    </message>
    <message>
        <source>Keep this one, or let it go</source>
        <translation>保留或不保留这一张</translation>
    </message>
    <message>
        <source>Move the rest to the trash</source>
        <translation>将其余移到回收站</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>全部保留</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Places to look in</source>
        <translation>浏览位置</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>所有照片</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Albums</source>
        <translation>相册</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>已保存的搜索</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复照片</translation>
    </message>
    <message>
        <source>Skipped files</source>
        <translation>跳过的文件</translation>
    </message>
    <message>
        <source>New album…</source>
        <translation>新建相册…</translation>
    </message>
</context>
<context>
    <name>SkippedFilesList</name>
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
    <name>Slideshow</name>
    <message>
        <source>Slideshow</source>
        <translation>幻灯片放映</translation>
    </message>
    <message numerus="yes">
        <source>%Ln second(s) each</source>
        <translation>
            <numerusform>每张 %Ln 秒</numerusform>
        </translation>
    </message>
    <message>
        <source>In random order</source>
        <translation>随机顺序</translation>
    </message>
    <message>
        <source>Begin again at the end</source>
        <translation>结束后从头开始</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Opening the library…</source>
        <translation>正在打开图库…</translation>
    </message>
    <message>
        <source>Show which files were skipped, and why</source>
        <translation>显示跳过了哪些文件及其原因</translation>
    </message>
    <message>
        <source>The model that understands your photos: show all models</source>
        <translation>理解您照片的模型：显示所有模型</translation>
    </message>
    <message>
        <source>What the model runs on</source>
        <translation>模型运行在什么设备上</translation>
    </message>
    <message>
        <source>The library that is open, on a server</source>
        <translation>当前打开的图库，在服务器上</translation>
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
</context>
<context>
    <name>Storage</name>
    <message>
        <source>Thumbnails are in “{folder}”; {count} were carried there.</source>
        <translation>缩略图保存在“{folder}”；移过去了 {count} 张。</translation>
    </message>
    <message>
        <source>Carrying thumbnails…</source>
        <translation>正在移动缩略图…</translation>
    </message>
    <message>
        <source>Thumbnails are in the database; {count} were brought back.</source>
        <translation>缩略图保存在数据库中；收回了 {count} 张。</translation>
    </message>
    <message>
        <source>Bringing thumbnails back…</source>
        <translation>正在收回缩略图…</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Clearing…</source>
        <translation>正在清除…</translation>
    </message>
    <message>
        <source>{size} given back.</source>
        <translation>已释放 {size}。</translation>
    </message>
    <message>
        <source>Backed up to “{file}” ({size}), and read again.</source>
        <translation>已备份到“{file}”（{size}），并已读回核对。</translation>
    </message>
    <message>
        <source>Backing up…</source>
        <translation>正在备份…</translation>
    </message>
    <message>
        <source>{count} rows written to “{file}”.</source>
        <translation>已将 {count} 行写入“{file}”。</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>正在导出…</translation>
    </message>
    <message>
        <source>The backup was put back.</source>
        <translation>备份已恢复。</translation>
    </message>
    <message>
        <source>What was there before is in “{folder}”.</source>
        <translation>之前的内容保存在“{folder}”中。</translation>
    </message>
    <message>
        <source>Putting the backup back…</source>
        <translation>正在恢复备份…</translation>
    </message>
    <message>
        <source>The library is in “{folder}” now.</source>
        <translation>图库现在位于“{folder}”。</translation>
    </message>
    <message>
        <source>Moving the library…</source>
        <translation>正在移动图库…</translation>
    </message>
    <message>
        <source>Repairing the library…</source>
        <translation>正在修复图库…</translation>
    </message>
    <message>
        <source>The library is whole.</source>
        <translation>图库完好。</translation>
    </message>
    <message>
        <source>The photos themselves are not affected.</source>
        <translation>照片本身不受影响。</translation>
    </message>
    <message>
        <source>The library&apos;s database is whole; nothing had to be saved.</source>
        <translation>图库数据库完好，无需修复。</translation>
    </message>
    <message>
        <source>{photos} photos and {vectors} vectors were saved. What is missing is read again from your photos. The damaged file is kept as “{file}”.</source>
        <translation>已保存 {photos} 张照片和 {vectors} 个向量。缺少的部分会从您的照片重新读取。损坏的文件保留为“{file}”。</translation>
    </message>
    <message>
        <source>Which folders it had could not be read: add them again.</source>
        <translation>无法读出其中有哪些文件夹：请重新添加。</translation>
    </message>
</context>
<context>
    <name>StoragePage</name>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>移动…</translation>
    </message>
    <message>
        <source>Move the library</source>
        <translation>移动图库</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>Favourites, albums and tags, with copies</source>
        <translation>收藏、相册和标签（含副本）</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Models made ready for this computer</source>
        <translation>为本机转换的模型</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>备份…</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>恢复…</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Repair…</source>
        <translation>修复…</translation>
    </message>
    <message>
        <source>The library: photos and their facts</source>
        <translation>图库：照片及其信息</translation>
    </message>
    <message>
        <source>Vectors: what models saw in them</source>
        <translation>向量：模型从照片中看到的内容</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Settings, and what was kept aside</source>
        <translation>设置，以及另存的内容</translation>
    </message>
    <message>
        <source>Clear caches…</source>
        <translation>清除缓存…</translation>
    </message>
    <message>
        <source>Vectors (npz)…</source>
        <translation>向量（npz）…</translation>
    </message>
    <message>
        <source>Facts (csv)…</source>
        <translation>信息（csv）…</translation>
    </message>
    <message>
        <source>Captions and text (csv)…</source>
        <translation>说明与图中文字（csv）…</translation>
    </message>
    <message>
        <source>Clear caches?</source>
        <translation>清除缓存？</translation>
    </message>
    <message>
        <source>What is made again by itself is given back: models made ready for this computer ({size}). Indexing makes them ready again, which takes a minute or two; until then it is slower. Thumbnails stay, since those of drives that are not connected could not be made again now.</source>
        <translation>将释放会自动重新生成的内容：为这台电脑准备好的模型（{size}）。建立索引时会重新准备，需要一两分钟，在此之前速度较慢。缩略图会保留，因为未连接的驱动器上的照片现在无法重新生成缩略图。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Recollect backup {day}.zip</source>
        <translation>Recollect 备份 {day}.zip</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>恢复备份</translation>
    </message>
    <message>
        <source>Recollect closes, puts it in the place of what is there now, keeps that beside it, and opens again.</source>
        <translation>Recollect 会关闭，用备份替换现有内容（原内容会保留），然后重新打开。</translation>
    </message>
    <message>
        <source>Restore “{file}”?</source>
        <translation>恢复“{file}”？</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Repair the library?</source>
        <translation>修复图库？</translation>
    </message>
    <message>
        <source>Recollect closes, saves what can be read of a library that is damaged, and opens again. Your photos are not touched, and what you said of them is kept.</source>
        <translation>Recollect 会关闭，从损坏的图库中保存所有能读出的内容，然后重新打开。您的照片不会被改动，收藏、相册和标签会保留。</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Move the library to “{folder}”?</source>
        <translation>将图库移到“{folder}”？</translation>
    </message>
    <message>
        <source>Recollect closes, moves it, compares it, and opens again. The photos stay where they are.</source>
        <translation>Recollect 会关闭，移动并比对图库，然后重新打开。照片留在原处。</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
</context>
<context>
    <name>TagActions</name>
    <message>
        <source>Tags…</source>
        <translation>标签…</translation>
    </message>
</context>
<context>
    <name>TagsDialog</name>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Add a tag to {photos}</source>
        <translation>为 {photos}添加标签</translation>
    </message>
    <message>
        <source>A word or a name, then Enter</source>
        <translation>输入词语或名字，然后按回车</translation>
    </message>
    <message>
        <source>Tags of the photos</source>
        <translation>照片的标签</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>TextLayer</name>
    <message>
        <source>Text in the picture</source>
        <translation>图片中的文字</translation>
    </message>
</context>
<context>
    <name>TextsField</name>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Add a title</source>
        <translation>添加标题</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Add a caption</source>
        <translation>添加说明</translation>
    </message>
</context>
<context>
    <name>ThumbnailArea</name>
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
    <name>ThumbnailsPlace</name>
    <message>
        <source>Keep thumbnails in a folder…</source>
        <translation>把缩略图放在文件夹中…</translation>
    </message>
    <message>
        <source>Where is the folder on this computer?…</source>
        <translation>该文件夹在这台电脑上的什么位置？…</translation>
    </message>
    <message>
        <source>Keep thumbnails in the database…</source>
        <translation>把缩略图放在数据库中…</translation>
    </message>
    <message>
        <source>Thumbnails are in the folder “{folder}”.</source>
        <translation>缩略图保存在文件夹“{folder}”中。</translation>
    </message>
    <message>
        <source>This is its path on the computer that chose it. A computer that does not reach it shows no thumbnails of what is in it; what cannot be written there goes to the database.</source>
        <translation>这是它在选定它的那台电脑上的路径。访问不到它的电脑不显示其中的缩略图；无法写入那里的缩略图会存入数据库。</translation>
    </message>
    <message>
        <source>Thumbnails are in the database.</source>
        <translation>缩略图保存在数据库中。</translation>
    </message>
    <message>
        <source>They are most of what it holds. In a folder that every computer reaches, its backups and copies go without them; a computer that does not reach the folder shows none.</source>
        <translation>它们占数据库的大部分。放在每台电脑都能访问的文件夹中，数据库的备份和副本就不含它们；访问不到该文件夹的电脑不显示缩略图。</translation>
    </message>
    <message>
        <source>Keep the thumbnails in “{folder}”?</source>
        <translation>把缩略图放在“{folder}”中吗？</translation>
    </message>
    <message>
        <source>They are carried there from the database, for everybody. Whoever searches needs to read that folder, whoever indexes to write to it.</source>
        <translation>所有人的缩略图都会从数据库移到那里。搜索的人需要能读取该文件夹，建立索引的人需要能写入。</translation>
    </message>
    <message>
        <source>Carry them there</source>
        <translation>移到那里</translation>
    </message>
    <message>
        <source>Keep the thumbnails in the database again?</source>
        <translation>重新把缩略图放在数据库中吗？</translation>
    </message>
    <message>
        <source>They are brought back from “{folder}”, for everybody.</source>
        <translation>所有人的缩略图都会从“{folder}”收回。</translation>
    </message>
    <message>
        <source>Bring them back</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>Choose a folder for thumbnails</source>
        <translation>选择存放缩略图的文件夹</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Show or fold the sidebar (F9)</source>
        <translation>显示或折叠侧边栏 (F9)</translation>
    </message>
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
    <name>Tray</name>
    <message>
        <source>Show Recollect</source>
        <translation>显示 Recollect</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>UndoLine</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Undone: {change}</source>
        <translation>已撤销：{change}</translation>
    </message>
</context>
<context>
    <name>UpdateCheck</name>
    <message>
        <source>Recollect {version} is available.</source>
        <translation>Recollect {version} 已发布。</translation>
    </message>
    <message>
        <source>Open its page</source>
        <translation>打开发布页面</translation>
    </message>
</context>
<context>
    <name>ValueList</name>
    <message>
        <source>Values, with how many photos each leaves</source>
        <translation>各个值，以及各有多少照片</translation>
    </message>
</context>
<context>
    <name>ViewerBar</name>
    <message>
        <source>Select text in the photo (W)</source>
        <translation>选择照片中的文字 (W)</translation>
    </message>
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
        <source>Fit to window (Ctrl+0)</source>
        <translation>适合窗口（Ctrl+0）</translation>
    </message>
    <message>
        <source>Actual size (Ctrl+1)</source>
        <translation>实际大小（Ctrl+1）</translation>
    </message>
    <message>
        <source>Search with a part of the photo (P)</source>
        <translation>用照片的一部分搜索（P）</translation>
    </message>
    <message>
        <source>Full screen (F11)</source>
        <translation>全屏 (F11)</translation>
    </message>
    <message>
        <source>Show or hide details (I)</source>
        <translation>显示或隐藏详细信息 (I)</translation>
    </message>
    <message>
        <source>Slideshow (F5)</source>
        <translation>幻灯片放映 (F5)</translation>
    </message>
</context>
<context>
    <name>ViewerPage</name>
    <message>
        <source>This photo&apos;s drive is not connected. You see the stored copy.</source>
        <translation>这张照片所在的磁盘没有连接。您看到的是保存的副本。</translation>
    </message>
    <message>
        <source>This photo cannot be read now. You see the stored copy.</source>
        <translation>现在无法读取这张照片。您看到的是保存的副本。</translation>
    </message>
</context>
<context>
    <name>ViewingActions</name>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Slideshow</source>
        <translation>幻灯片放映</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>复制文字</translation>
    </message>
    <message>
        <source>Show side by side</source>
        <translation>并排显示</translation>
    </message>
    <message>
        <source>Choose two to four photos to see them side by side.</source>
        <translation>请选择两到四张照片，以便并排查看。</translation>
    </message>
    <message>
        <source>Copied: “{text}”</source>
        <translation>已复制：“{text}”</translation>
    </message>
    <message>
        <source>No text was read in it yet.</source>
        <translation>尚未从中读取到文字。</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>more than {photos}</source>
        <translation>超过 {photos}</translation>
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
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
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
        <source>d MMM yyyy, HH:mm:ss</source>
        <translation>yyyy年M月d日 HH:mm:ss</translation>
    </message>
    <message>
        <source>{width} × {height} ({megapixels} megapixels)</source>
        <translation>{width} × {height}（{megapixels} 百万像素）</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message numerus="yes">
        <source>%Ln star(s)</source>
        <translation>
            <numerusform>%Ln 星</numerusform>
        </translation>
    </message>
    <message>
        <source>Not within reach now: its drive is not connected. The picture shown is a stored copy.</source>
        <translation>现在无法访问：所在的磁盘没有连接。显示的是保存的副本。</translation>
    </message>
    <message>
        <source>It is not known where this photo&apos;s folder lies on this computer. Add that folder: it is recognised, and nothing is read again. The picture shown is a stored copy.</source>
        <translation>不知道这张照片所在的文件夹在这台电脑上的位置。把那个文件夹添加进来即可：它会被认出，不会重新读取任何内容。现在显示的是保存的副本。</translation>
    </message>
    <message>
        <source>not within reach</source>
        <translation>无法访问</translation>
    </message>
    <message>
        <source>over a hundred languages</source>
        <translation>一百多种语言</translation>
    </message>
    <message>
        <source> and </source>
        <translation>和</translation>
    </message>
    <message>
        <source>{language}, and many other languages</source>
        <translation>{language}及许多其他语言</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>{licence} (commercial use allowed)</source>
        <translation>{licence}（可商用）</translation>
    </message>
    <message>
        <source>{licence} (not for commercial use)</source>
        <translation>{licence}（不可商用）</translation>
    </message>
    <message>
        <source>Added by you: its languages, quality and licence are as its makers say.</source>
        <translation>由您添加：语言、效果和许可请以其作者的说明为准。</translation>
    </message>
    <message>
        <source>Modest quality; there is no published figure</source>
        <translation>效果一般；没有公布的数据</translation>
    </message>
    <message numerus="yes">
        <source>Good: the right photo is the very first in %Ln of 100 searches (COCO)</source>
        <translation>
            <numerusform>良好：100 次搜索中有 %Ln 次第一张就是要找的（COCO）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Excellent: the right photo is the very first in %Ln of 100 searches (COCO)</source>
        <translation>
            <numerusform>优秀：100 次搜索中有 %Ln 次第一张就是要找的（COCO）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Very good: the right photo is the very first in %Ln of 100 searches (COCO)</source>
        <translation>
            <numerusform>很好：100 次搜索中有 %Ln 次第一张就是要找的（COCO）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in Chinese %Ln of 100 (Crossmodal-3600)</source>
        <translation>
            <numerusform>用中文为 100 次中 %Ln 次（Crossmodal-3600）</numerusform>
        </translation>
    </message>
    <message>
        <source>Published in: {source}</source>
        <translation>数据来源：{source}</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln photo(s)/s here</source>
        <translation>
            <numerusform>在这台电脑上每秒约 %Ln 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln photo(s) a minute here</source>
        <translation>
            <numerusform>在这台电脑上每分钟约 %Ln 张</numerusform>
        </translation>
    </message>
    <message>
        <source>speed not measured here yet</source>
        <translation>尚未在这台电脑上测速</translation>
    </message>
    <message>
        <source>Needs the full Recollect</source>
        <translation>需要完整版 Recollect</translation>
    </message>
    <message>
        <source>Also forget what it learned of {photos} ({size})</source>
        <translation>同时删除它对 {photos}的了解（{size}）</translation>
    </message>
    <message>
        <source>Runs on: {device}</source>
        <translation>运行于：{device}</translation>
    </message>
    <message>
        <source>Not used: {ways}</source>
        <translation>未使用：{ways}</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>{photos} have to be looked at; how long that takes here is not known before it is measured. Your current results stay until then.</source>
        <translation>需要查看 {photos}；测速之前无法估计需要多久。在此之前，现有的搜索结果保持不变。</translation>
    </message>
    <message>
        <source>{photos}, about {time} on this device. Your current results stay until then.</source>
        <translation>{photos}，在这台设备上约需 {time}。在此之前，现有的搜索结果保持不变。</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Answering for now</source>
        <translation>暂由它回答</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>已在这台电脑上</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Waiting for the other download…</source>
        <translation>等待另一个下载完成…</translation>
    </message>
    <message>
        <source>Asking for its files…</source>
        <translation>正在查询文件…</translation>
    </message>
    <message>
        <source>Checking what has arrived…</source>
        <translation>正在校验已下载的文件…</translation>
    </message>
    <message>
        <source>{size} a second</source>
        <translation>每秒 {size}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>It knows all your photos already: it answers at once.</source>
        <translation>它已经认识您的所有照片，可以立即使用。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) added to the favourites</source>
        <translation>
            <numerusform>已将 %Ln 张照片加入收藏</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) taken out of the favourites</source>
        <translation>
            <numerusform>已将 %Ln 张照片移出收藏</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stars taken from %Ln photo(s)</source>
        <translation>
            <numerusform>已清除 %Ln 张照片的星级</numerusform>
        </translation>
    </message>
    <message>
        <source>{stars} for {photos}</source>
        <translation>{photos}：{stars}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) were changed here and by another program: the newer was kept, the other is remembered</source>
        <translation>
            <numerusform>%Ln 张照片在此处和其他程序中都有更改：已保留较新的，另一项仍可找回</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) follow what another program wrote beside them</source>
        <translation>
            <numerusform>%Ln 张照片已采用其他程序写入的内容</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) turned</source>
        <translation>
            <numerusform>已旋转 %Ln 张照片</numerusform>
        </translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>{field}: {values}</source>
        <translation>{field}：{values}</translation>
    </message>
    <message>
        <source>not {fact}</source>
        <translation>非 {fact}</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>more than {value}</source>
        <translation>大于 {value}</translation>
    </message>
    <message>
        <source>less than {value}</source>
        <translation>小于 {value}</translation>
    </message>
    <message>
        <source>from {value}</source>
        <translation>{value} 起</translation>
    </message>
    <message>
        <source>up to {value}</source>
        <translation>至 {value}</translation>
    </message>
    <message>
        <source>like a photo</source>
        <translation>像某张照片</translation>
    </message>
    <message>
        <source>like {name}</source>
        <translation>像 {name}</translation>
    </message>
    <message>
        <source>like a pasted picture</source>
        <translation>像粘贴的图片</translation>
    </message>
    <message>
        <source>like a part of a photo</source>
        <translation>像照片的一部分</translation>
    </message>
    <message>
        <source>without {words}</source>
        <translation>不含{words}</translation>
    </message>
    <message>
        <source>not {likeness}</source>
        <translation>不{likeness}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) added to “{album}”</source>
        <translation>
            <numerusform>已将 %Ln 张照片加入“{album}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) taken out of “{album}”</source>
        <translation>
            <numerusform>已将 %Ln 张照片移出“{album}”</numerusform>
        </translation>
    </message>
    <message>
        <source>Album “{album}” made</source>
        <translation>相册“{album}”已创建</translation>
    </message>
    <message>
        <source>Album “{album}” deleted; its photos stay</source>
        <translation>相册“{album}”已删除；照片仍然保留</translation>
    </message>
    <message>
        <source>Album renamed to “{album}”</source>
        <translation>相册已重命名为“{album}”</translation>
    </message>
    <message numerus="yes">
        <source>%Ln likely match(es) for “{words}”</source>
        <translation>
            <numerusform>可能符合“{words}”的有 %Ln 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Very likely a match</source>
        <translation>很可能符合</translation>
    </message>
    <message>
        <source>Likely a match</source>
        <translation>可能符合</translation>
    </message>
    <message>
        <source>Hardly a match</source>
        <translation>几乎不符合</translation>
    </message>
    <message>
        <source>Less likely a match</source>
        <translation>不太可能符合</translation>
    </message>
    <message>
        <source>looks like “{words}”</source>
        <translation>看起来像“{words}”</translation>
    </message>
    <message>
        <source>looks like the picture</source>
        <translation>看起来像所给的图片</translation>
    </message>
    <message>
        <source>the words are written in the picture</source>
        <translation>图片中写有这些字</translation>
    </message>
    <message>
        <source>text “{line}”</source>
        <translation>文字“{line}”</translation>
    </message>
    <message>
        <source>the words are in its title, caption or keywords</source>
        <translation>标题、说明或关键词中有这些字</translation>
    </message>
    <message>
        <source>described as “{text}”</source>
        <translation>说明为“{text}”</translation>
    </message>
    <message>
        <source>name “{name}”</source>
        <translation>文件名“{name}”</translation>
    </message>
    <message>
        <source>folder “{name}”</source>
        <translation>文件夹“{name}”</translation>
    </message>
    <message numerus="yes">
        <source>one of %Ln alike</source>
        <translation>
            <numerusform>相似的 %Ln 张之一</numerusform>
        </translation>
    </message>
    <message>
        <source>{formats} of one shot</source>
        <translation>同一次拍摄的 {formats}</translation>
    </message>
    <message>
        <source>the words are in the name of the file or folder</source>
        <translation>文件名或文件夹名中有这些字</translation>
    </message>
    <message>
        <source>{likelihood}: {reasons}</source>
        <translation>{likelihood}：{reasons}</translation>
    </message>
    <message>
        <source>Saved as “{name}”</source>
        <translation>已存为“{name}”</translation>
    </message>
    <message>
        <source>Saved search “{name}” deleted</source>
        <translation>已删除已存搜索“{name}”</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) moved to the trash</source>
        <translation>
            <numerusform>已将 %Ln 个文件移到回收站</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) put back</source>
        <translation>
            <numerusform>已放回 %Ln 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) moved to “{folder}”</source>
        <translation>
            <numerusform>已将 %Ln 张照片移到“{folder}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be moved.</source>
        <translation>
            <numerusform>有 %Ln 个无法移动。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tag “{tag}” given to %Ln photo(s)</source>
        <translation>
            <numerusform>已为 %Ln 张照片添加标签“{tag}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tag “{tag}” taken from %Ln photo(s)</source>
        <translation>
            <numerusform>已从 %Ln 张照片去掉标签“{tag}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tags of %Ln photo(s) changed</source>
        <translation>
            <numerusform>已更改 %Ln 张照片的标签</numerusform>
        </translation>
    </message>
    <message>
        <source>Title “{text}”</source>
        <translation>标题“{text}”</translation>
    </message>
    <message>
        <source>Title removed</source>
        <translation>已删除标题</translation>
    </message>
    <message>
        <source>Caption “{text}”</source>
        <translation>说明“{text}”</translation>
    </message>
    <message>
        <source>Caption removed</source>
        <translation>已删除说明</translation>
    </message>
    <message>
        <source>Nothing new was said of these photos: their XMP files are as they were</source>
        <translation>这些照片没有新内容：其 XMP 文件保持原样</translation>
    </message>
    <message numerus="yes">
        <source>Written beside %Ln photo(s)</source>
        <translation>
            <numerusform>已在 %Ln 张照片旁写入</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Beside %Ln file(s) nothing could be written.</source>
        <translation>
            <numerusform>有 %Ln 个文件旁无法写入。</numerusform>
        </translation>
    </message>
    <message>
        <source>XMP files are as they were</source>
        <translation>XMP 文件已恢复原样</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) that other programs changed since stayed.</source>
        <translation>
            <numerusform>%Ln 个此后被其他程序更改的文件保持不变。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln are kept; they are shown again when there is one more</source>
        <translation>
            <numerusform>%Ln 项全部保留；又多出一项时会再次显示</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stars, tags and albums of %Ln photo(s) passed on</source>
        <translation>
            <numerusform>已转移 %Ln 张照片的星级、标签和相册</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) turned in the file</source>
        <translation>
            <numerusform>已在文件中旋转 %Ln 张照片</numerusform>
        </translation>
    </message>
    <message>
        <source>None of these photos is turned. Turn them first (R), then write it into the file.</source>
        <translation>这些照片都没有旋转过。请先旋转（R），再写入文件。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be.</source>
        <translation>
            <numerusform>%Ln 张无法旋转。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>The picture is damaged and cannot be decoded.</source>
        <translation>图片已损坏，无法解码。</translation>
    </message>
    <message>
        <source>This picture needs more than {limit} GB of memory to decode.</source>
        <translation>解码这张图片需要超过 {limit} GB 内存。</translation>
    </message>
    <message>
        <source>The file ends too early: part of the picture is missing.</source>
        <translation>文件不完整：图片缺少一部分。</translation>
    </message>
    <message>
        <source>This is a PDF document, not a picture.</source>
        <translation>这是 PDF 文档，不是图片。</translation>
    </message>
    <message>
        <source>This is a web page, not a picture.</source>
        <translation>这是网页，不是图片。</translation>
    </message>
    <message>
        <source>This is a drawing (SVG), not a photo.</source>
        <translation>这是矢量图 (SVG)，不是照片。</translation>
    </message>
    <message>
        <source>This is a PostScript document, not a picture.</source>
        <translation>这是 PostScript 文档，不是图片。</translation>
    </message>
    <message>
        <source>This is an archive, not a picture.</source>
        <translation>这是压缩包，不是图片。</translation>
    </message>
    <message>
        <source>This is not a picture in a format Recollect can read.</source>
        <translation>这不是 Recollect 能读取的图片格式。</translation>
    </message>
    <message>
        <source>This is a film, not a picture.</source>
        <translation>这是影片，不是图片。</translation>
    </message>
    <message>
        <source>The picture is damaged, or of a kind Recollect cannot read.</source>
        <translation>图片已损坏，或者是 Recollect 无法读取的类型。</translation>
    </message>
    <message>
        <source>This picture has {pixels} million pixels; Recollect reads up to {limit} million.</source>
        <translation>这张图片有 {pixels} 百万像素；Recollect 最多读取 {limit} 百万像素。</translation>
    </message>
    <message>
        <source>{name} pictures are not supported by this installation of Recollect.</source>
        <translation>当前安装的 Recollect 不支持 {name} 图片。</translation>
    </message>
    <message>
        <source>More than half of this picture is missing from its file.</source>
        <translation>文件中缺少这张图片一半以上的内容。</translation>
    </message>
    <message>
        <source>This RAW file holds no picture that can be read.</source>
        <translation>这个 RAW 文件中没有可以读取的图片。</translation>
    </message>
    <message>
        <source>Camera RAW is not supported by this installation of Recollect.</source>
        <translation>当前安装的 Recollect 不支持相机 RAW 文件。</translation>
    </message>
    <message>
        <source>The file is no longer there.</source>
        <translation>文件已经不在了。</translation>
    </message>
    <message>
        <source>Recollect is not allowed to read this file.</source>
        <translation>Recollect 没有读取此文件的权限。</translation>
    </message>
    <message>
        <source>The link leads in a circle.</source>
        <translation>链接形成了循环。</translation>
    </message>
    <message>
        <source>The drive is not there any more.</source>
        <translation>磁盘已经不在了。</translation>
    </message>
    <message>
        <source>The network drive lost this file while it was read.</source>
        <translation>读取时网络磁盘丢失了这个文件。</translation>
    </message>
    <message>
        <source>The network drive did not answer.</source>
        <translation>网络磁盘没有响应。</translation>
    </message>
    <message>
        <source>The drive reported an error while the file was read.</source>
        <translation>读取文件时磁盘报告了错误。</translation>
    </message>
    <message>
        <source>The file could not be read ({detail}).</source>
        <translation>无法读取文件（{detail}）。</translation>
    </message>
    <message>
        <source>This is a folder, not a picture.</source>
        <translation>这是文件夹，不是图片。</translation>
    </message>
    <message>
        <source>This is not an ordinary file.</source>
        <translation>这不是普通文件。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件是空的。</translation>
    </message>
    <message>
        <source>The file was being changed while it was read.</source>
        <translation>读取时文件正在被修改。</translation>
    </message>
    <message>
        <source>Its drive did not deliver the file within {seconds} seconds.</source>
        <translation>磁盘没有在 {seconds} 秒内交出文件。</translation>
    </message>
    <message>
        <source>Decoding this picture takes longer than {seconds} seconds.</source>
        <translation>解码这张图片需要超过 {seconds} 秒。</translation>
    </message>
    <message>
        <source>The part of Recollect that reads photos cannot be started.</source>
        <translation>Recollect 中读取照片的部分无法启动。</translation>
    </message>
    <message>
        <source>Restart the computer; if that does not help, install Recollect again.</source>
        <translation>请重启电脑；如果没有帮助，请重新安装 Recollect。</translation>
    </message>
    <message>
        <source>Decoding this picture crashes its decoder; it is probably damaged.</source>
        <translation>这张图片会使解码器崩溃，很可能已损坏。</translation>
    </message>
    <message>
        <source>the models</source>
        <translation>这些模型</translation>
    </message>
    <message>
        <source>{card}, {bits}-bit</source>
        <translation>{card}，{bits} 位</translation>
    </message>
    <message>
        <source>{device}: {detail}</source>
        <translation>{device}：{detail}</translation>
    </message>
    <message>
        <source>OpenVINO in 16 bits</source>
        <translation>OpenVINO（16 位）</translation>
    </message>
    <message>
        <source>OpenVINO in 32 bits</source>
        <translation>OpenVINO（32 位）</translation>
    </message>
    <message>
        <source>torch in 16 bits</source>
        <translation>torch（16 位）</translation>
    </message>
    <message>
        <source>ONNX Runtime</source>
        <translation>ONNX Runtime</translation>
    </message>
    <message>
        <source>{engine}: {reason}</source>
        <translation>{engine}：{reason}</translation>
    </message>
    <message>
        <source>no faster here</source>
        <translation>在这里并不更快</translation>
    </message>
    <message>
        <source>{package} is not installed</source>
        <translation>没有安装 {package}</translation>
    </message>
    <message>
        <source>its answers differ (cosine {cosine})</source>
        <translation>结果不一致（余弦 {cosine}）</translation>
    </message>
    <message>
        <source>the model could not be converted ({error})</source>
        <translation>模型无法转换（{error}）</translation>
    </message>
    <message>
        <source>it does not start ({error})</source>
        <translation>无法启动（{error}）</translation>
    </message>
    <message>
        <source>there is no folder to convert the model into</source>
        <translation>没有可以存放转换结果的文件夹</translation>
    </message>
    <message>
        <source>the converted file is gone</source>
        <translation>转换后的文件已不在</translation>
    </message>
    <message>
        <source>The model “{name}” could not be loaded.</source>
        <translation>无法加载模型“{name}”。</translation>
    </message>
    <message>
        <source>Download or copy it again, or choose another model. ({error})</source>
        <translation>请重新下载或复制，或者选择其他模型。（{error}）</translation>
    </message>
    <message>
        <source>There is not enough memory for the model “{name}”.</source>
        <translation>内存不足，无法运行模型“{name}”。</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller model.</source>
        <translation>请关闭其他程序，或者选择更小的模型。</translation>
    </message>
    <message>
        <source>The model “{name}” failed on {device}.</source>
        <translation>模型“{name}”在 {device} 上运行失败。</translation>
    </message>
    <message>
        <source>Close other programs that use it, or choose a smaller model. ({error})</source>
        <translation>请关闭正在使用它的其他程序，或者选择更小的模型。（{error}）</translation>
    </message>
    <message>
        <source>{reason}.</source>
        <translation>{reason}。</translation>
    </message>
    <message>
        <source>It may have run out of memory: close other programs or choose a smaller model, then try again.</source>
        <translation>可能是内存不足：请关闭其他程序或选择更小的模型，然后重试。</translation>
    </message>
    <message>
        <source>The model was closed.</source>
        <translation>模型已关闭。</translation>
    </message>
    <message>
        <source>Open the library again.</source>
        <translation>请重新打开图库。</translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation>请选择其他模型。</translation>
    </message>
    <message>
        <source>Download or copy the model again.</source>
        <translation>请重新下载或复制该模型。</translation>
    </message>
    <message>
        <source>The model gives no usable answer for this picture.</source>
        <translation>模型无法理解这张图片。</translation>
    </message>
    <message>
        <source>The model gives no usable answers on this device.</source>
        <translation>模型在此设备上给不出可用的结果。</translation>
    </message>
    <message>
        <source>Choose another device or model. Everything found so far is kept.</source>
        <translation>请选择其他设备或模型。目前已找到的内容都会保留。</translation>
    </message>
    <message>
        <source>It is empty now, and on another disk than before: its drive may not be connected. If you deleted its photos, remove the folder from the library.</source>
        <translation>它现在是空的，并且在另一块磁盘上：原来的磁盘可能没有连接。如果您删除了其中的照片，请从图库中移除这个文件夹。</translation>
    </message>
    <message>
        <source>{count} folders cannot be opened, “{first}” first; the photos known in them stay as they are.</source>
        <translation>有 {count} 个文件夹无法打开，例如“{first}”；其中已知的照片保持不变。</translation>
    </message>
    <message>
        <source>“{folder}” cannot be opened; the photos known in it stay as they are.</source>
        <translation>“{folder}”无法打开；其中已知的照片保持不变。</translation>
    </message>
    <message>
        <source>The library was closed.</source>
        <translation>图库已关闭。</translation>
    </message>
    <message>
        <source>Open it again.</source>
        <translation>请重新打开。</translation>
    </message>
    <message>
        <source>The model folder “{path}” has no weights.</source>
        <translation>模型文件夹“{path}”中没有权重文件。</translation>
    </message>
    <message>
        <source>There is no model in “{path}”.</source>
        <translation>“{path}”中没有模型。</translation>
    </message>
    <message>
        <source>There is no model “{name}” on this computer.</source>
        <translation>这台电脑上没有模型“{name}”。</translation>
    </message>
    <message>
        <source>Installed models: {known}. Give one of these names, or the path of a model folder.</source>
        <translation>已安装的模型：{known}。请给出其中一个名称，或者模型文件夹的路径。</translation>
    </message>
    <message>
        <source>There is nothing to search for.</source>
        <translation>没有要搜索的内容。</translation>
    </message>
    <message>
        <source>Describe the photo in a few words.</source>
        <translation>请用几个词描述照片。</translation>
    </message>
    <message>
        <source>It is not there: its drive may not be connected, or it was moved.</source>
        <translation>它不在原处：磁盘可能没有连接，或者已被移动。</translation>
    </message>
    <message>
        <source>It may not be opened by this user.</source>
        <translation>当前用户无权打开它。</translation>
    </message>
    <message>
        <source>It is not a folder any more.</source>
        <translation>它已经不是文件夹了。</translation>
    </message>
    <message>
        <source>Its drive was removed while it was looked at.</source>
        <translation>查看时它所在的磁盘被移除了。</translation>
    </message>
    <message>
        <source>This photo is not searchable yet.</source>
        <translation>这张照片还不能用于搜索。</translation>
    </message>
    <message>
        <source>Try again when indexing has reached it.</source>
        <translation>等索引到它时再试。</translation>
    </message>
    <message>
        <source>The library in “{folder}” cannot be written to.</source>
        <translation>无法写入“{folder}”中的图库。</translation>
    </message>
    <message>
        <source>Check that the disk is not write-protected and that you may change files in this folder, or choose another place for the library.</source>
        <translation>请检查磁盘没有写保护、您有权更改此文件夹中的文件，或者把图库放到其他位置。</translation>
    </message>
    <message>
        <source>The disk that holds the library in “{folder}” is full.</source>
        <translation>图库“{folder}”所在的磁盘已满。</translation>
    </message>
    <message>
        <source>Free some space and start again; everything found so far is kept.</source>
        <translation>请腾出一些空间后重新开始；目前已找到的内容都会保留。</translation>
    </message>
    <message>
        <source>Another program is using the library&apos;s database.</source>
        <translation>另一个程序正在使用图库的数据库。</translation>
    </message>
    <message>
        <source>Close it and try again in a moment.</source>
        <translation>请关闭它，稍后再试。</translation>
    </message>
    <message>
        <source>The library&apos;s file “{path}” is damaged.</source>
        <translation>图库文件“{path}”已损坏。</translation>
    </message>
    <message>
        <source>The disk that holds the library in “{folder}” reports an error.</source>
        <translation>图库“{folder}”所在的磁盘报告了错误。</translation>
    </message>
    <message>
        <source>Check that it is connected and healthy, then start again.</source>
        <translation>请检查磁盘已连接且状态正常，然后重新开始。</translation>
    </message>
    <message>
        <source>“{folder}” is in the library already.</source>
        <translation>“{folder}”已经在图库中。</translation>
    </message>
    <message>
        <source>There is nothing to add: new photos in it are found.</source>
        <translation>无需添加：其中的新照片会被自动发现。</translation>
    </message>
    <message>
        <source>“{folder}” is inside “{other}”, which is in the library already.</source>
        <translation>“{folder}”位于“{other}”中，后者已经在图库中。</translation>
    </message>
    <message>
        <source>Its photos are found with it. To search in this folder only, choose it as the place to search in.</source>
        <translation>其中的照片已经包含在内。如果只想在这个文件夹中搜索，请选择它作为查找位置。</translation>
    </message>
    <message>
        <source>There is no folder “{folder}”.</source>
        <translation>没有文件夹“{folder}”。</translation>
    </message>
    <message>
        <source>Check the spelling, or connect the drive it is on.</source>
        <translation>请检查拼写，或者连接它所在的磁盘。</translation>
    </message>
    <message>
        <source>“{folder}” is not a folder.</source>
        <translation>“{folder}”不是文件夹。</translation>
    </message>
    <message>
        <source>Add the folder that holds it.</source>
        <translation>请添加它所在的文件夹。</translation>
    </message>
    <message>
        <source>The folder “{folder}” cannot be opened.</source>
        <translation>无法打开文件夹“{folder}”。</translation>
    </message>
    <message>
        <source>Check that you may read it. On a Mac: System Settings, Privacy &amp; Security, Files and Folders.</source>
        <translation>请检查您有读取它的权限。在 Mac 上：系统设置 → 隐私与安全性 → 文件与文件夹。</translation>
    </message>
    <message>
        <source>This library is already open in another Recollect.</source>
        <translation>这个图库已经在另一个 Recollect 中打开。</translation>
    </message>
    <message>
        <source>Close the other window, or wait until it has finished, and try again. Searching from the command line works meanwhile.</source>
        <translation>请关闭另一个窗口，或者等它完成后再试。在此期间可以用命令行搜索。</translation>
    </message>
    <message>
        <source>This library was written by a newer version of Recollect.</source>
        <translation>这个图库由更新版本的 Recollect 写入。</translation>
    </message>
    <message>
        <source>Update Recollect to open it; nothing was changed.</source>
        <translation>请更新 Recollect 后再打开；没有做任何改动。</translation>
    </message>
    <message>
        <source>There is no library in “{folder}”.</source>
        <translation>“{folder}”中没有图库。</translation>
    </message>
    <message>
        <source>This folder is not in the library.</source>
        <translation>这个文件夹不在图库中。</translation>
    </message>
    <message>
        <source>It may have been removed already.</source>
        <translation>它可能已经被移除。</translation>
    </message>
    <message>
        <source>The file of the thumbnails is damaged; it can be deleted safely.</source>
        <translation>缩略图文件已损坏；可以放心删除。</translation>
    </message>
    <message>
        <source>“{path}” is on a network drive, which does not tell of changes: Recollect looks every {minutes} minutes.</source>
        <translation>“{path}”在网络磁盘上，无法得知变化：Recollect 每 {minutes} 分钟查看一次。</translation>
    </message>
    <message>
        <source>The system cannot watch “{path}”: Recollect looks every {minutes} minutes.</source>
        <translation>系统无法监视“{path}”：Recollect 每 {minutes} 分钟查看一次。</translation>
    </message>
    <message>
        <source>“{name}” is being fetched already.</source>
        <translation>“{name}”已经在下载。</translation>
    </message>
    <message>
        <source>Wait for it to finish.</source>
        <translation>请等它完成。</translation>
    </message>
    <message>
        <source>Free some space, or move the models to another disk.</source>
        <translation>请腾出一些空间，或把模型移到另一个磁盘。</translation>
    </message>
    <message>
        <source>“{file}” arrived damaged and was thrown away.</source>
        <translation>“{file}”下载后已损坏，已丢弃。</translation>
    </message>
    <message>
        <source>Fetch the model again. If it happens again, the mirror or a proxy alters files: use another.</source>
        <translation>请重新下载模型。如果再次发生，说明镜像或代理改动了文件：请换一个。</translation>
    </message>
    <message>
        <source>“{name}” could not be fetched: the connection keeps failing ({error}).</source>
        <translation>无法下载“{name}”：连接一再中断（{error}）。</translation>
    </message>
    <message>
        <source>What has arrived is kept: fetch it again to go on. Check the connection. Where the hub is blocked, set a mirror or a proxy (settings, or the HF_ENDPOINT and HTTPS_PROXY variables), or import the model from a folder.</source>
        <translation>已下载的部分会保留：再次下载即可继续。请检查网络连接。如果无法访问模型站，请设置镜像或代理（在设置中，或用 HF_ENDPOINT 和 HTTPS_PROXY 环境变量），或从文件夹导入模型。</translation>
    </message>
    <message>
        <source>Check the connection. Where the hub is blocked, set a mirror or a proxy (settings, or the HF_ENDPOINT and HTTPS_PROXY variables), or import the model from a folder.</source>
        <translation>请检查网络连接。如果无法访问模型站，请设置镜像或代理（在设置中，或用 HF_ENDPOINT 和 HTTPS_PROXY 环境变量），或从文件夹导入模型。</translation>
    </message>
    <message>
        <source>The disk ran full while “{name}” was fetched.</source>
        <translation>下载“{name}”时磁盘已满。</translation>
    </message>
    <message>
        <source>The file could not be read (its name is not allowed here).</source>
        <translation>无法读取文件（这里不允许这样的文件名）。</translation>
    </message>
    <message>
        <source>This file is {size} MB; Recollect reads up to {limit} MB.</source>
        <translation>这个文件有 {size} MB；Recollect 最多读取 {limit} MB。</translation>
    </message>
    <message>
        <source>“{folder}” is no folder of this library, nor inside one.</source>
        <translation>“{folder}”不是此图库的文件夹，也不在其中任何一个里面。</translation>
    </message>
    <message>
        <source>`recollect folders` lists those that are; add it with `recollect add`, or name another.</source>
        <translation>`recollect folders` 会列出图库的文件夹；请用 `recollect add` 添加它，或给出另一个。</translation>
    </message>
    <message>
        <source>“{folder}” is not a folder of this library.</source>
        <translation>“{folder}”不是这个图库的文件夹。</translation>
    </message>
    <message>
        <source>`recollect folders` lists those that are; name one of them.</source>
        <translation>`recollect folders` 会列出图库的文件夹；请给出其中一个。</translation>
    </message>
    <message>
        <source>The thumbnails cannot be read: {reason}</source>
        <translation>无法读取缩略图：{reason}</translation>
    </message>
    <message>
        <source>The file of your favourites, albums and tags, “{path}”, is damaged.</source>
        <translation>保存收藏、相册和标签的文件“{path}”已损坏。</translation>
    </message>
    <message>
        <source>The file of your favourites, albums and tags, “{path}”, is damaged, and there is no good copy.</source>
        <translation>保存收藏、相册和标签的文件“{path}”已损坏，并且没有完好的副本。</translation>
    </message>
    <message>
        <source>Your photos are not affected, and nothing was overwritten. Close Recollect and put back a copy of your own, or move the file away: Recollect then begins without favourites, albums and tags.</source>
        <translation>您的照片不受影响，也没有任何内容被覆盖。请关闭 Recollect，放回您自己的副本，或者把这个文件移走：Recollect 随后将从没有收藏、相册和标签的状态开始。</translation>
    </message>
    <message>
        <source>Your favourites, albums and tags were written by a newer version of Recollect.</source>
        <translation>您的收藏、相册和标签是由更新版本的 Recollect 写入的。</translation>
    </message>
    <message>
        <source>Update Recollect to open them; nothing was changed.</source>
        <translation>请更新 Recollect 后再打开；没有任何内容被更改。</translation>
    </message>
    <message>
        <source>Your favourites, albums and tags are damaged: {detail}.</source>
        <translation>您的收藏、相册和标签已损坏：{detail}。</translation>
    </message>
    <message>
        <source>{count} rows of your favourites, albums and tags point at something that is gone.</source>
        <translation>您的收藏、相册和标签中有 {count} 行指向已不存在的内容。</translation>
    </message>
    <message>
        <source>The copy “{path}” of your favourites, albums and tags is damaged; it can be deleted safely.</source>
        <translation>收藏、相册和标签的副本“{path}”已损坏；可以放心删除。</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>需要一个名称。</translation>
    </message>
    <message>
        <source>Type at least one letter.</source>
        <translation>请至少输入一个字符。</translation>
    </message>
    <message>
        <source>There is “{name}” already.</source>
        <translation>“{name}”已经存在。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
    </message>
    <message>
        <source>This album is not there any more.</source>
        <translation>这个相册已经不存在了。</translation>
    </message>
    <message>
        <source>What you add and what you take away leave nothing to search for.</source>
        <translation>加上的和去掉的互相抵消，没有可搜索的内容。</translation>
    </message>
    <message>
        <source>The library&apos;s file “{path}” was moved or deleted while Recollect was using it.</source>
        <translation>Recollect 使用图库文件“{path}”时，它被移走或删除了。</translation>
    </message>
    <message>
        <source>Put it back, or start Recollect again: it then builds a new library from your folders.</source>
        <translation>请把它放回去，或重新启动 Recollect：它会从您的文件夹建立新的图库。</translation>
    </message>
    <message>
        <source>Your photos are not affected. `recollect check --repair` saves what can be read of it; or put back a copy of the file, or move it away: Recollect then builds a new library from your folders.</source>
        <translation>您的照片不受影响。`recollect check --repair` 会保存其中还能读取的内容；您也可以放回该文件的副本，或者把它移走：Recollect 随后会根据您的文件夹建立新的图库。</translation>
    </message>
    <message>
        <source>Something unexpected happened with this file ({kind}).</source>
        <translation>这个文件发生了意外情况（{kind}）。</translation>
    </message>
    <message>
        <source>“{name}” could not be moved to the trash.</source>
        <translation>无法将“{name}”移到回收站。</translation>
    </message>
    <message>
        <source>{reason}</source>
        <translation>{reason}</translation>
    </message>
    <message>
        <source>“{name}” could not be moved to “{folder}”.</source>
        <translation>“{name}”未能移到“{folder}”。</translation>
    </message>
    <message>
        <source>“{name}” could not be put back from the trash.</source>
        <translation>无法将“{name}”从回收站放回。</translation>
    </message>
    <message>
        <source>Its drive can be read, but not written to.</source>
        <translation>它所在的磁盘只能读取，不能写入。</translation>
    </message>
    <message>
        <source>You may not change the folder it is in: its permissions, or whoever looks after it, decide that.</source>
        <translation>您无权更改它所在的文件夹：请查看该文件夹的权限，或询问管理它的人。</translation>
    </message>
    <message>
        <source>Another program has it open: close it there, and try again.</source>
        <translation>另一个程序正打开着它：请先在那里关闭，然后重试。</translation>
    </message>
    <message>
        <source>You may not write to the folder it is to go to: choose another.</source>
        <translation>您无权写入目标文件夹：请选择另一个。</translation>
    </message>
    <message>
        <source>There is no room left where it is to go: make some, and try again.</source>
        <translation>目标位置没有剩余空间：请腾出一些空间后重试。</translation>
    </message>
    <message>
        <source>Its drive may have no trash, or no room in it: your file manager can delete it there.</source>
        <translation>它所在的磁盘可能没有回收站，或者空间不足：可以用文件管理器在那里删除它。</translation>
    </message>
    <message>
        <source>It, or what was to be kept in its place, is not what it was when Recollect looked at it.</source>
        <translation>它或本应保留的那一份，与 Recollect 查看时相比已有变化。</translation>
    </message>
    <message>
        <source>The system says: {detail}.</source>
        <translation>系统提示：{detail}。</translation>
    </message>
    <message>
        <source>“{name}” could not be turned in its file: it is no JPEG, has changed, or is not within reach. It is as it was.</source>
        <translation>无法在文件中旋转“{name}”：它不是 JPEG、已被更改或无法访问。文件保持原样。</translation>
    </message>
    <message>
        <source>“{name}” may not be written to. It is as it was.</source>
        <translation>“{name}”不允许写入。文件保持原样。</translation>
    </message>
    <message>
        <source>Nothing could be written beside “{name}” ({detail}).</source>
        <translation>无法在“{name}”旁写入（{detail}）。</translation>
    </message>
    <message>
        <source>Its XMP file cannot be read, and is left as it is.</source>
        <translation>其 XMP 文件无法读取，保持原样。</translation>
    </message>
    <message>
        <source>Its drive does not answer.</source>
        <translation>它所在的驱动器没有响应。</translation>
    </message>
    <message>
        <source>The drive of “{path}” does not answer.</source>
        <translation>“{path}”所在的驱动器没有响应。</translation>
    </message>
    <message>
        <source>Check that it is connected, or that the computer it is in can be reached, and try again.</source>
        <translation>请检查它是否已连接，或其所在的计算机是否可以访问，然后重试。</translation>
    </message>
    <message>
        <source>The drive of “{folder}” is not connected.</source>
        <translation>“{folder}”所在的磁盘没有连接。</translation>
    </message>
    <message>
        <source>Connect it and try again. If that folder is to lie on another disk, make it first.</source>
        <translation>请连接它，然后重试。如果要把该文件夹放在别的磁盘上，请先创建它。</translation>
    </message>
    <message>
        <source>Some changes in “{path}” are noticed up to {minutes} minutes late: the system watches no more folders. To raise its limit: sudo sysctl fs.inotify.max_user_watches=1048576</source>
        <translation>“{path}”中的部分更改最多会晚 {minutes} 分钟才被发现：系统不能再监视更多文件夹。要提高上限：sudo sysctl fs.inotify.max_user_watches=1048576</translation>
    </message>
    <message>
        <source>Changes in “{path}” are noticed up to {minutes} minutes late: the system lets no more programs watch folders. To raise its limit: sudo sysctl fs.inotify.max_user_instances=1024</source>
        <translation>“{path}”中的更改最多会晚 {minutes} 分钟才被发现：系统不允许更多程序监视文件夹。要提高上限：sudo sysctl fs.inotify.max_user_instances=1024</translation>
    </message>
    <message>
        <source>The folders of this library lie where they were added.</source>
        <translation>这个图库的文件夹就在添加时的位置。</translation>
    </message>
    <message>
        <source>Only those of a library on a server may lie at another path on each computer.</source>
        <translation>只有服务器上的图库，其文件夹在每台电脑上才可以有不同的路径。</translation>
    </message>
    <message>
        <source>There is no one folder “{name}” in this library.</source>
        <translation>这个图库中没有唯一的文件夹“{name}”。</translation>
    </message>
    <message>
        <source>`recollect storage` lists them; name one by its path or its first letters.</source>
        <translation>`recollect storage` 会列出它们；请用路径或编号的开头几个字符指定一个。</translation>
    </message>
    <message>
        <source>“{folder}” does not hold the photos of “{storage}”.</source>
        <translation>“{folder}”里没有“{storage}”的照片。</translation>
    </message>
    <message>
        <source>“{folder}” is another folder of this library.</source>
        <translation>“{folder}”是这个图库的另一个文件夹。</translation>
    </message>
    <message>
        <source>“{folder}” is not empty.</source>
        <translation>“{folder}”不是空的。</translation>
    </message>
    <message>
        <source>Thumbnails need a folder of their own: make one that every computer reaches.</source>
        <translation>缩略图需要单独的文件夹：请新建一个每台电脑都能访问的文件夹。</translation>
    </message>
    <message>
        <source>The thumbnails of this library are in “{folder}” already.</source>
        <translation>这个图库的缩略图已经在“{folder}”里。</translation>
    </message>
    <message>
        <source>Thumbnails cannot be written to “{folder}”.</source>
        <translation>无法把缩略图写入“{folder}”。</translation>
    </message>
    <message>
        <source>Check that you may write there.</source>
        <translation>请检查您是否有权在那里写入。</translation>
    </message>
    <message>
        <source>Some thumbnails cannot be read from “{folder}” ({count}).</source>
        <translation>无法从“{folder}”读取一些缩略图（{count} 张）。</translation>
    </message>
    <message>
        <source>If there was one, connect its drive. A new one is made when you add a folder of photos.</source>
        <translation>如果那里曾有一个，请连接它所在的磁盘。添加照片文件夹时，会创建一个新的。</translation>
    </message>
    <message>
        <source>The library was moved to “{folder}”, which is not there.</source>
        <translation>图库已移到“{folder}”，但那里找不到它。</translation>
    </message>
    <message>
        <source>Connect its drive and try again. To begin a new library in its old place, remove “{note}”.</source>
        <translation>请连接它所在的驱动器后重试。若要在原处新建图库，请删除“{note}”。</translation>
    </message>
    <message>
        <source>“{address}” is no address of a library.</source>
        <translation>“{address}”不是图库的地址。</translation>
    </message>
    <message>
        <source>It is written postgresql://USER@HOST/DATABASE, and behind it, if there are several libraries in the database, ?library=NAME in small letters.</source>
        <translation>地址写作 postgresql://USER@HOST/DATABASE；如果数据库里有多个图库，后面再加 ?library=NAME（小写字母）。</translation>
    </message>
    <message>
        <source>This installation of Recollect cannot use a library on a server.</source>
        <translation>此 Recollect 安装无法使用服务器上的图库。</translation>
    </message>
    <message>
        <source>Install what it needs with: pip install &quot;recollect[shared]&quot;</source>
        <translation>请安装所需组件：pip install &quot;recollect[shared]&quot;</translation>
    </message>
    <message>
        <source>No server answers at “{address}”.</source>
        <translation>“{address}”处没有服务器应答。</translation>
    </message>
    <message>
        <source>Check the address and its port (5432 unless another one is written in it), whether PostgreSQL runs there, and whether a firewall keeps this computer out. What the connection says: {detail}</source>
        <translation>请检查地址和端口（未写明时为 5432）、那里的 PostgreSQL 是否正在运行，以及防火墙是否挡住了这台电脑。连接给出的信息：{detail}</translation>
    </message>
    <message>
        <source>The connection to the server is not as safe as the address asks for.</source>
        <translation>与服务器的连接不如地址所要求的那样安全。</translation>
    </message>
    <message>
        <source>Check sslmode and sslrootcert in the address, and the server&apos;s certificate. What the connection says: {detail}</source>
        <translation>请检查地址中的 sslmode 和 sslrootcert，以及服务器的证书。连接返回：{detail}</translation>
    </message>
    <message>
        <source>The database “{address}” has no type for vectors.</source>
        <translation>数据库“{address}”没有向量类型。</translation>
    </message>
    <message>
        <source>An administrator installs pgvector 0.8 or newer and runs in it: CREATE EXTENSION vector</source>
        <translation>请管理员安装 pgvector 0.8 或更高版本，并在该数据库中执行：CREATE EXTENSION vector</translation>
    </message>
    <message>
        <source>There is no library in “{address}” that this version of Recollect can read.</source>
        <translation>“{address}”中没有此版本的 Recollect 能读取的图库。</translation>
    </message>
    <message>
        <source>Whoever may write to it makes it, or brings it up to date, with: recollect --library ADDRESS index</source>
        <translation>有写入权限的人可以用以下命令创建或更新它：recollect --library ADDRESS index</translation>
    </message>
    <message>
        <source>There is a library in “{address}” already.</source>
        <translation>“{address}”中已有图库。</translation>
    </message>
    <message>
        <source>Name another one, with ?library=NAME at the end of the address.</source>
        <translation>请在地址末尾加上 ?library=NAME，另取一个名称。</translation>
    </message>
    <message>
        <source>The library in “{address}” is a copy that is not finished.</source>
        <translation>“{address}”中的图库是一份尚未完成的副本。</translation>
    </message>
    <message>
        <source>Run the same recollect copy-library once more: it goes on where it was.</source>
        <translation>请再次运行同一条 recollect copy-library 命令，它会从中断处继续。</translation>
    </message>
    <message>
        <source>The disk of the library&apos;s server is full.</source>
        <translation>图库所在服务器的磁盘已满。</translation>
    </message>
    <message>
        <source>Its administrator has to make room; everything recorded so far is kept.</source>
        <translation>需要管理员腾出空间；到目前为止记录的内容都会保留。</translation>
    </message>
    <message>
        <source>This command is for a library in a folder.</source>
        <translation>此命令仅适用于文件夹中的图库。</translation>
    </message>
    <message>
        <source>A library on a server is saved and moved by the server&apos;s own means (pg_dump, pg_restore).</source>
        <translation>服务器上的图库用服务器自己的工具备份和迁移（pg_dump、pg_restore）。</translation>
    </message>
    <message>
        <source>Take one of them out.</source>
        <translation>请去掉其中一项。</translation>
    </message>
    <message>
        <source>“{path}” cannot be searched with: {reason}</source>
        <translation>无法用“{path}”来搜索：{reason}</translation>
    </message>
    <message>
        <source>Choose another picture.</source>
        <translation>请换一张图片。</translation>
    </message>
    <message>
        <source>within reach now</source>
        <translation>现在可以访问</translation>
    </message>
    <message>
        <source>most pixels</source>
        <translation>像素最多</translation>
    </message>
    <message>
        <source>as the camera recorded it (RAW)</source>
        <translation>相机原始记录（RAW）</translation>
    </message>
    <message>
        <source>in a protected folder</source>
        <translation>在受保护的文件夹中</translation>
    </message>
    <message>
        <source>the oldest</source>
        <translation>最早</translation>
    </message>
    <message>
        <source>the largest file</source>
        <translation>文件最大</translation>
    </message>
    <message>
        <source>the shortest name</source>
        <translation>名称最短</translation>
    </message>
    <message>
        <source>{first}, then {next}</source>
        <translation>{first}，其次{next}</translation>
    </message>
    <message>
        <source>There is no “{field}:” to ask for; “{text}” is looked for as words.</source>
        <translation>没有“{field}:”这一条件；“{text}”按词语搜索。</translation>
    </message>
    <message>
        <source>Nothing stands behind “{field}:”; it is looked for as words.</source>
        <translation>“{field}:”后面没有内容；按词语搜索。</translation>
    </message>
    <message>
        <source>“{value}” cannot be asked for with “{field}:”; it is looked for as words.</source>
        <translation>“{field}:”不接受“{value}”；按词语搜索。</translation>
    </message>
    <message>
        <source>“{text}” joins facts only; it is looked for as a word.</source>
        <translation>“{text}”只能连接条件；按词语搜索。</translation>
    </message>
    <message>
        <source>There is no picture “{name}”; it is left out.</source>
        <translation>没有图片“{name}”，已略去。</translation>
    </message>
    <message>
        <source>Only the first {count} things to look like are used.</source>
        <translation>只使用前 {count} 个要搜索的内容。</translation>
    </message>
    <message>
        <source>Your photos are not affected, and nothing was overwritten. The newest good copy is “{copy}”: close Recollect and put it back with `recollect restore` and that path.</source>
        <translation>您的照片不受影响，也没有任何内容被覆盖。最新的完好副本是“{copy}”：请关闭 Recollect，然后用 `recollect restore` 加上这个路径把它放回去。</translation>
    </message>
    <message>
        <source>There is no saved search “{name}”.</source>
        <translation>没有名为“{name}”的已存搜索。</translation>
    </message>
    <message>
        <source>`recollect saved list` names those there are.</source>
        <translation>`recollect saved list` 会列出已有的搜索。</translation>
    </message>
    <message>
        <source>There is a file “{path}” already.</source>
        <translation>已经有一个文件“{path}”。</translation>
    </message>
    <message>
        <source>Name one that is not there yet.</source>
        <translation>请指定一个尚不存在的文件。</translation>
    </message>
    <message>
        <source>Make it first, or name another one.</source>
        <translation>请先创建它，或指定另一个。</translation>
    </message>
    <message>
        <source>“{path}” is no backup of a library, or a damaged one ({detail}).</source>
        <translation>“{path}”不是图库的备份，或者已损坏（{detail}）。</translation>
    </message>
    <message>
        <source>Nothing was changed. Choose another backup.</source>
        <translation>没有任何内容被更改。请选择另一个备份。</translation>
    </message>
    <message>
        <source>There is nothing to back up.</source>
        <translation>没有可以备份的内容。</translation>
    </message>
    <message>
        <source>The folder “{folder}” holds something already.</source>
        <translation>文件夹“{folder}”里已有内容。</translation>
    </message>
    <message>
        <source>Choose a new or an empty folder.</source>
        <translation>请选择新的或空的文件夹。</translation>
    </message>
    <message>
        <source>“{folder}” is all of a drive.</source>
        <translation>“{folder}”是整个驱动器。</translation>
    </message>
    <message>
        <source>Choose a new folder on it.</source>
        <translation>请在其中选择一个新文件夹。</translation>
    </message>
    <message>
        <source>“{folder}” lies inside the library&apos;s own folder.</source>
        <translation>“{folder}”在图库自己的文件夹里。</translation>
    </message>
    <message>
        <source>Choose a folder elsewhere.</source>
        <translation>请选择别处的文件夹。</translation>
    </message>
    <message>
        <source>The copy is not what was copied: {table} has {found} rows in place of {wanted}, or others.</source>
        <translation>副本与原图库不一致：{table} 有 {found} 行，应为 {wanted} 行，或内容不同。</translation>
    </message>
    <message>
        <source>Run the same command once more. The library that was copied is as it was.</source>
        <translation>请再次运行同一条命令。被复制的图库没有改变。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>“{name}” needs the full Recollect.</source>
        <translation>“{name}”需要完整版 Recollect。</translation>
    </message>
    <message>
        <source>The disk has no room for “{name}”: it needs {needed} MB and {free} MB are free.</source>
        <translation>磁盘放不下“{name}”：需要 {needed} MB，可用 {free} MB。</translation>
    </message>
    <message>
        <source>Free some space, then fetch it again: it goes on where it was.</source>
        <translation>请腾出一些空间后再次下载：会接着之前的进度。</translation>
    </message>
    <message>
        <source>“{name}” could not be written to the models&apos; folder.</source>
        <translation>无法把“{name}”写入模型文件夹。</translation>
    </message>
    <message>
        <source>Check that “{folder}” can be written to. ({error})</source>
        <translation>请检查“{folder}”是否可以写入。（{error}）</translation>
    </message>
    <message>
        <source>The connection dropped ({error}); going on from where it was.</source>
        <translation>连接中断（{error}）；正在接着下载。</translation>
    </message>
    <message>
        <source>the server ended too soon</source>
        <translation>服务器过早结束了传输</translation>
    </message>
    <message>
        <source>the server answered {status}</source>
        <translation>服务器应答 {status}</translation>
    </message>
    <message>
        <source>The hub could not be reached to fetch “{repository}” ({error}).</source>
        <translation>无法连接模型站下载“{repository}”（{error}）。</translation>
    </message>
    <message>
        <source>The hub does not let “{repository}” be fetched without signing in.</source>
        <translation>模型站要求登录后才能下载“{repository}”。</translation>
    </message>
    <message>
        <source>Fetch it with your account in a browser or with another tool, then import its folder.</source>
        <translation>请在浏览器中用您的账号或用其他工具下载，然后导入它的文件夹。</translation>
    </message>
    <message>
        <source>The hub has no model “{repository}” any more.</source>
        <translation>模型站上已经没有“{repository}”。</translation>
    </message>
    <message>
        <source>It may have been moved, or the mirror lacks it: try without the mirror, or import it from a folder.</source>
        <translation>它可能已被移走，或镜像中没有：请不用镜像再试，或从文件夹导入。</translation>
    </message>
    <message>
        <source>The hub could not serve “{repository}” (answer {status}).</source>
        <translation>模型站无法提供“{repository}”（应答 {status}）。</translation>
    </message>
    <message>
        <source>Try again later. Check the connection. Where the hub is blocked, set a mirror or a proxy (settings, or the HF_ENDPOINT and HTTPS_PROXY variables), or import the model from a folder.</source>
        <translation>请稍后再试。请检查网络连接。如果无法访问模型站，请设置镜像或代理（在设置中，或用 HF_ENDPOINT 和 HTTPS_PROXY 环境变量），或从文件夹导入模型。</translation>
    </message>
    <message>
        <source>“{repository}” cannot be fetched from the address given.</source>
        <translation>无法从所给地址下载“{repository}”。</translation>
    </message>
    <message>
        <source>Check the mirror&apos;s address in the settings; it begins with https://. ({error})</source>
        <translation>请检查设置中的镜像地址；它应以 https:// 开头。（{error}）</translation>
    </message>
    <message>
        <source>The proxy&apos;s address cannot be used.</source>
        <translation>代理地址无法使用。</translation>
    </message>
    <message>
        <source>Write it as http://host:port. ({error})</source>
        <translation>请写成 http://host:port 的形式。（{error}）</translation>
    </message>
    <message>
        <source>“{file}” is not a whole ONNX file.</source>
        <translation>“{file}”不是完整的 ONNX 文件。</translation>
    </message>
    <message>
        <source>Copy or download the model again, with its large files.</source>
        <translation>请重新复制或下载该模型，并包含其大文件。</translation>
    </message>
    <message>
        <source>Use another first, such as: recollect models use {other}</source>
        <translation>请先换用另一个，例如：recollect models use {other}</translation>
    </message>
    <message>
        <source>`recollect models list` names those installed.</source>
        <translation>`recollect models list` 会列出已安装的模型。</translation>
    </message>
    <message>
        <source>“{name}” could not be removed completely.</source>
        <translation>“{name}”未能完全移除。</translation>
    </message>
    <message>
        <source>Close programs that use it and try again. ({error})</source>
        <translation>请关闭正在使用它的程序后再试。（{error}）</translation>
    </message>
    <message>
        <source>The models folder “{folder}” is not there now.</source>
        <translation>模型文件夹“{folder}”现在不在。</translation>
    </message>
    <message>
        <source>Connect the drive it is on, or choose another folder in Settings › Models › Advanced.</source>
        <translation>请连接它所在的驱动器，或在“设置 › 模型 › 高级”中选择另一个文件夹。</translation>
    </message>
    <message>
        <source>The built-in model understands photos better than before. It looks at all of yours again now, which takes a while; until then Recollect searches as it did.</source>
        <translation>内置模型比以前更懂照片。它现在会重新看一遍您的所有照片，需要一些时间；在此之前，搜索照旧进行。</translation>
    </message>
    <message>
        <source>there is too little room on the disk to convert the model</source>
        <translation>磁盘空间不足，无法转换模型</translation>
    </message>
    <message>
        <source>a model published as ONNX runs on ONNX Runtime alone</source>
        <translation>以 ONNX 发布的模型只能由 ONNX Runtime 运行</translation>
    </message>
    <message>
        <source>it asks for something else than pictures or words</source>
        <translation>它需要图片或文字以外的输入</translation>
    </message>
    <message>
        <source>The model “{name}” does not compute what it should.</source>
        <translation>模型“{name}”的计算结果不正确。</translation>
    </message>
    <message>
        <source>Download or copy it again, or choose another model. (cosine {cosine})</source>
        <translation>请重新下载或复制，或换用其他模型。（余弦 {cosine}）</translation>
    </message>
    <message>
        <source>The model “{name}” was ended by the system.</source>
        <translation>模型“{name}”被系统终止了。</translation>
    </message>
    <message>
        <source>What runs the model “{name}” crashed ({how}).</source>
        <translation>运行模型“{name}”的程序崩溃了（{how}）。</translation>
    </message>
    <message>
        <source>Try again; if it crashes again, bring the graphics driver up to date or choose another model.</source>
        <translation>请再试一次；如果再次崩溃，请更新显卡驱动程序，或选择其他模型。</translation>
    </message>
    <message>
        <source>The model “{name}” does not answer, not even after a second start.</source>
        <translation>模型“{name}”没有响应，重新启动后仍然如此。</translation>
    </message>
    <message>
        <source>Start the computer again; if it stays so, bring the graphics driver up to date or choose another model.</source>
        <translation>请重新启动电脑；如果仍然如此，请更新显卡驱动程序，或选择其他模型。</translation>
    </message>
    <message>
        <source>The model “{name}” failed unexpectedly.</source>
        <translation>模型“{name}”意外出错。</translation>
    </message>
    <message>
        <source>Try again; if it happens again, choose another model. ({error})</source>
        <translation>请再试一次；如果再次出错，请选择其他模型。（{error}）</translation>
    </message>
    <message>
        <source>Text in pictures cannot be read by this installation of Recollect.</source>
        <translation>此 Recollect 安装无法读取图片中的文字。</translation>
    </message>
    <message>
        <source>Nothing more can be written to “{folder}” ({detail}).</source>
        <translation>无法再写入“{folder}”（{detail}）。</translation>
    </message>
    <message>
        <source>Choose another folder, or free some space. What was written is whole.</source>
        <translation>请选择其他文件夹，或腾出一些空间。已写入的文件是完整的。</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>when the photo was taken</source>
        <translation>照片拍摄的时间</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年</translation>
    </message>
    <message>
        <source>in which year</source>
        <translation>哪一年</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>in which month, of whatever year</source>
        <translation>哪个月，不论哪年</translation>
    </message>
    <message>
        <source>Weekday</source>
        <translation>星期</translation>
    </message>
    <message>
        <source>on which day of the week</source>
        <translation>星期几拍摄</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>at what time of the day</source>
        <translation>一天中的什么时间</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>earlier than that day</source>
        <translation>早于那一天</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>that day or later</source>
        <translation>那一天或更晚</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>in a folder, by name or path, and below it</source>
        <translation>在某个文件夹及其下（名称或路径）</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>a part of the file’s name; with * the whole</source>
        <translation>文件名的一部分；用 * 则为整个名称</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>a part of its make or model</source>
        <translation>品牌或型号的一部分</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>镜头</translation>
    </message>
    <message>
        <source>a part of its name</source>
        <translation>名称的一部分</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>what kind of file it is</source>
        <translation>文件是什么类型</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>lying, standing or square</source>
        <translation>横、竖或方</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>in pixels</source>
        <translation>以像素计</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>how large the file is</source>
        <translation>文件有多大</translation>
    </message>
    <message>
        <source>Megapixels</source>
        <translation>百万像素</translation>
    </message>
    <message>
        <source>how many there are</source>
        <translation>有多少</translation>
    </message>
    <message>
        <source>ISO</source>
        <translation>感光度</translation>
    </message>
    <message>
        <source>how sensitive the camera was</source>
        <translation>相机的感光度</translation>
    </message>
    <message>
        <source>Aperture</source>
        <translation>光圈</translation>
    </message>
    <message>
        <source>the f-number</source>
        <translation>光圈值</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>曝光</translation>
    </message>
    <message>
        <source>how long, in seconds</source>
        <translation>曝光时间，以秒计</translation>
    </message>
    <message>
        <source>Focal length</source>
        <translation>焦距</translation>
    </message>
    <message>
        <source>in millimetres</source>
        <translation>以毫米计</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>a part of the title</source>
        <translation>标题的一部分</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>a part of the caption</source>
        <translation>说明的一部分</translation>
    </message>
    <message>
        <source>Keyword</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>a keyword that the file has</source>
        <translation>文件里的关键词</translation>
    </message>
    <message>
        <source>in a town, region or country, or around one or around a position</source>
        <translation>在某个城市、地区或国家，或在其周围、某个坐标周围</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>软件</translation>
    </message>
    <message>
        <source>a part of the program’s name</source>
        <translation>软件名称的一部分</translation>
    </message>
    <message>
        <source>Altitude</source>
        <translation>海拔</translation>
    </message>
    <message>
        <source>in metres</source>
        <translation>以米计</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>how many stars it has</source>
        <translation>有几颗星</translation>
    </message>
    <message>
        <source>words in the picture, or in its title, caption and keywords</source>
        <translation>图片中的文字，或其标题、说明和关键词中的文字</translation>
    </message>
    <message>
        <source>Has</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>what can be seen in the photo</source>
        <translation>照片中有什么</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>相册</translation>
    </message>
    <message>
        <source>in an album of yours</source>
        <translation>在你的某个相册里</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>a tag of yours, or a keyword</source>
        <translation>你的标签，或关键词</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>what is true of the photo</source>
        <translation>照片是怎样的</translation>
    </message>
    <message>
        <source>Looks like</source>
        <translation>像</translation>
    </message>
    <message>
        <source>a photo of the library, or any picture file</source>
        <translation>图库中的照片，或任意图片文件</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>how the answer is ordered</source>
        <translation>结果如何排序</translation>
    </message>
    <message>
        <source>Another program already answers at {host}:{port}.</source>
        <translation>另一个程序已经在使用 {host}:{port}。</translation>
    </message>
    <message>
        <source>It is not known where it lies on this computer. If this computer reaches it, say where, or add it here: it is recognised, and nothing is read again.</source>
        <translation>不知道它在这台电脑上的位置。如果这台电脑能访问它，请指明位置，或在这里添加它：它会被认出来，不会重新读取。</translation>
    </message>
    <message>
        <source>Name the folder in which they lie on this computer. Other photos are added as a folder of their own.</source>
        <translation>请指定它们在这台电脑上所在的文件夹。其他照片请作为单独的文件夹添加。</translation>
    </message>
    <message>
        <source>Name the folder in which these photos lie on this computer.</source>
        <translation>请指定这些照片在这台电脑上所在的文件夹。</translation>
    </message>
    <message>
        <source>Name where that folder lies on this computer, or bring them back to the database first.</source>
        <translation>请指定那个文件夹在这台电脑上的位置，或者先把缩略图收回数据库。</translation>
    </message>
    <message>
        <source>Connect its drive, or say where that folder lies on this computer.</source>
        <translation>请连接它所在的驱动器，或者指定那个文件夹在这台电脑上的位置。</translation>
    </message>
    <message>
        <source>The server of the library does not answer.</source>
        <translation>图库的服务器没有应答。</translation>
    </message>
    <message>
        <source>What was recorded is safe there, and Recollect goes on by itself once it is back. What the connection says: {detail}</source>
        <translation>已记录的内容在那里是安全的，服务器恢复后 Recollect 会自动继续。连接给出的信息：{detail}</translation>
    </message>
    <message>
        <source>There is no server of this name.</source>
        <translation>没有这个名称的服务器。</translation>
    </message>
    <message>
        <source>Check how it is written. What the network says: {detail}</source>
        <translation>请检查拼写。网络给出的信息：{detail}</translation>
    </message>
    <message>
        <source>The service that is named is in no service file of this computer.</source>
        <translation>本机的服务文件中没有所指定的服务。</translation>
    </message>
    <message>
        <source>Services are written down in ~/.pg_service.conf. What the connection says: {detail}</source>
        <translation>服务写在 ~/.pg_service.conf 中。连接给出的信息：{detail}</translation>
    </message>
    <message>
        <source>The server has no such database.</source>
        <translation>服务器上没有这个数据库。</translation>
    </message>
    <message>
        <source>Check its name, or have an administrator make it. What the server says: {detail}</source>
        <translation>请检查名称，或请管理员创建它。服务器给出的信息：{detail}</translation>
    </message>
    <message>
        <source>The server wants a password, and this computer has none that it takes.</source>
        <translation>服务器需要密码，而本机没有它接受的密码。</translation>
    </message>
    <message>
        <source>Write it down in ~/.pgpass (Windows: %APPDATA%\postgresql\pgpass.conf), as HOST:PORT:DATABASE:USER:PASSWORD; Recollect itself keeps no passwords.</source>
        <translation>请把它写入 ~/.pgpass（Windows：%APPDATA%\postgresql\pgpass.conf），格式为 HOST:PORT:DATABASE:USER:PASSWORD；Recollect 自己不保存密码。</translation>
    </message>
    <message>
        <source>The server does not let this user in.</source>
        <translation>服务器不允许该用户进入。</translation>
    </message>
    <message>
        <source>Check the user&apos;s name, and what its administrator allows in pg_hba.conf. What the server says: {detail}</source>
        <translation>请检查用户名，以及管理员在 pg_hba.conf 中允许的内容。服务器给出的信息：{detail}</translation>
    </message>
    <message>
        <source>This user may not look at the library on the server.</source>
        <translation>该用户无权查看服务器上的图库。</translation>
    </message>
    <message>
        <source>An administrator gives the right to: GRANT USAGE ON SCHEMA {schema} and SELECT on its tables.</source>
        <translation>管理员可授予权限：GRANT USAGE ON SCHEMA {schema}，以及其中各表的 SELECT。</translation>
    </message>
    <message>
        <source>There is no library in this database yet, and this user may not make one.</source>
        <translation>这个数据库里还没有图库，而该用户无权创建。</translation>
    </message>
    <message>
        <source>An administrator gives the right to: GRANT CREATE ON DATABASE. Or make the library as another user.</source>
        <translation>管理员可授予权限：GRANT CREATE ON DATABASE。或者以其他用户创建图库。</translation>
    </message>
    <message>
        <source>This user may search the library on the server, but not change it.</source>
        <translation>该用户可以搜索服务器上的图库，但不能更改它。</translation>
    </message>
    <message>
        <source>Its administrator gives the right to. What the server says: {detail}</source>
        <translation>权限由管理员授予。服务器给出的信息：{detail}</translation>
    </message>
    <message>
        <source>This is the light one, which runs the built-in model, most of those that are offered and models published as ONNX. Install the full Recollect, or choose another model.</source>
        <translation>这是轻量版，可运行内置模型、列表中的大多数模型以及以 ONNX 发布的模型。请安装完整版 Recollect，或改用其他模型。</translation>
    </message>
    <message>
        <source>The light Recollect reads no checkpoint files.</source>
        <translation>轻量版 Recollect 无法读取检查点文件。</translation>
    </message>
    <message>
        <source>Install the full Recollect, or import a folder with visual/model.onnx and textual/model.onnx.</source>
        <translation>请安装完整版 Recollect，或导入含有 visual/model.onnx 与 textual/model.onnx 的文件夹。</translation>
    </message>
    <message>
        <source>Choose another port with --port, or end the other program.</source>
        <translation>请用 --port 选择另一个端口，或结束那个程序。</translation>
    </message>
    <message>
        <source>This computer has no address “{host}”.</source>
        <translation>这台电脑没有地址“{host}”。</translation>
    </message>
    <message>
        <source>Leave --host out for this computer alone, or name one of its own addresses; 0.0.0.0 means all of them.</source>
        <translation>只供这台电脑使用时不必写 --host；也可以写它自己的某个地址，0.0.0.0 表示所有地址。</translation>
    </message>
    <message>
        <source>This page needs the key of the library.</source>
        <translation>这个页面需要照片库的密钥。</translation>
    </message>
    <message>
        <source>Open the whole address that `recollect serve` printed, or send its token: “Authorization: Bearer TOKEN”.</source>
        <translation>请打开 `recollect serve` 显示的完整地址，或发送它的密钥：“Authorization: Bearer TOKEN”。</translation>
    </message>
    <message>
        <source>This request came under the name “{host}”, which is not one of this computer&apos;s.</source>
        <translation>这个请求用的名称“{host}”不属于这台电脑。</translation>
    </message>
    <message>
        <source>Use the address that `recollect serve` printed, or start it with --name and this name.</source>
        <translation>请使用 `recollect serve` 显示的地址，或在启动时用 --name 加上这个名称。</translation>
    </message>
    <message>
        <source>A page of “{origin}” may not ask this library.</source>
        <translation>“{origin}”的页面不能查询这个照片库。</translation>
    </message>
    <message>
        <source>Open the library&apos;s own page.</source>
        <translation>请打开照片库自己的页面。</translation>
    </message>
    <message>
        <source>“{name}” is not what it should be: {wanted}.</source>
        <translation>“{name}”的值不对，应为：{wanted}。</translation>
    </message>
    <message>
        <source>The library has no photo {number}.</source>
        <translation>照片库里没有编号为 {number} 的照片。</translation>
    </message>
    <message>
        <source>Search again: it may have left.</source>
        <translation>请重新搜索：它可能已经不在了。</translation>
    </message>
    <message>
        <source>The photo itself is not within reach now.</source>
        <translation>现在无法读取这张照片本身。</translation>
    </message>
    <message>
        <source>Connect the drive it is on. Its thumbnail is here meanwhile.</source>
        <translation>请连接它所在的硬盘。在此期间可以看缩略图。</translation>
    </message>
    <message>
        <source>There is nothing at this address.</source>
        <translation>这个地址上没有内容。</translation>
    </message>
    <message>
        <source>See /api/openapi.json.</source>
        <translation>请看 /api/openapi.json。</translation>
    </message>
    <message>
        <source>This library is served for reading only.</source>
        <translation>这个照片库只供读取。</translation>
    </message>
    <message>
        <source>Start it with `recollect serve --write`.</source>
        <translation>请用 `recollect serve --write` 启动。</translation>
    </message>
    <message>
        <source>Recollect made a mistake in answering this.</source>
        <translation>Recollect 在回答时出错了。</translation>
    </message>
    <message>
        <source>The log in the library&apos;s folder says which.</source>
        <translation>照片库文件夹里的日志有详细说明。</translation>
    </message>
    <message>
        <source>Install Recollect again; in a checkout: pip install onnxruntime.</source>
        <translation>请重新安装 Recollect；在源码目录中：pip install onnxruntime。</translation>
    </message>
    <message>
        <source>The settings of this computer (proxy, pauses) could not be understood; Recollect goes on without them.</source>
        <translation>无法识别这台计算机的设置（代理、暂停）；Recollect 将在没有这些设置的情况下继续运行。</translation>
    </message>
    <message>
        <source>Set them again; what the file held is in “{path}”.</source>
        <translation>请重新设置；原文件的内容保存在“{path}”中。</translation>
    </message>
    <message>
        <source>The settings of this computer (proxy, pauses) cannot be read; Recollect goes on without them.</source>
        <translation>无法读取这台计算机的设置（代理、暂停）；Recollect 将在没有这些设置的情况下继续运行。</translation>
    </message>
    <message>
        <source>Check that you may read “{path}” ({detail}).</source>
        <translation>请检查您是否有权读取“{path}”（{detail}）。</translation>
    </message>
    <message>
        <source>The sample photos are not installed.</source>
        <translation>没有安装示例照片。</translation>
    </message>
    <message>
        <source>They come with: pip install &quot;recollect[demo]&quot; (or `make demo` in a checkout).</source>
        <translation>安装方法：pip install &quot;recollect[demo]&quot;（或在源码目录中运行 `make demo`）。</translation>
    </message>
    <message>
        <source>The window did not answer in time.</source>
        <translation>窗口没有及时响应。</translation>
    </message>
    <message>
        <source>Try again when the computer is less busy.</source>
        <translation>请在电脑不那么忙时再试。</translation>
    </message>
    <message>
        <source>The picture could not be written to {path}.</source>
        <translation>无法把图片写入 {path}。</translation>
    </message>
    <message>
        <source>Check the disk and its permissions.</source>
        <translation>请检查磁盘及其权限。</translation>
    </message>
    <message>
        <source>The captions in “{path}” cannot be read.</source>
        <translation>无法读取“{path}”中的说明文字。</translation>
    </message>
    <message>
        <source>Check the path: {detail}.</source>
        <translation>请检查路径：{detail}。</translation>
    </message>
    <message>
        <source>“{path}” is not a list of captions.</source>
        <translation>“{path}”不是说明文字列表。</translation>
    </message>
    <message>
        <source>It should be JSON: a list of objects, each with a &quot;file&quot; and a list of &quot;captions&quot;.</source>
        <translation>它应是 JSON：一个对象列表，每个对象有 &quot;file&quot; 和 &quot;captions&quot; 列表。</translation>
    </message>
    <message>
        <source>“{path}” names no photos.</source>
        <translation>“{path}”没有列出照片。</translation>
    </message>
    <message>
        <source>Give a list with at least one photo.</source>
        <translation>请给出至少包含一张照片的列表。</translation>
    </message>
    <message>
        <source>None of the photos could be read.</source>
        <translation>没有一张照片可以读取。</translation>
    </message>
    <message>
        <source>Check the folder that the captions belong to.</source>
        <translation>请检查这些说明文字对应的文件夹。</translation>
    </message>
    <message>
        <source>There is a model “{name}” already.</source>
        <translation>已经有名为“{name}”的模型。</translation>
    </message>
    <message>
        <source>Remove it first, or give this one another name.</source>
        <translation>请先移除它，或给这个模型另取一个名称。</translation>
    </message>
    <message>
        <source>“{name}” cannot be the name of a model.</source>
        <translation>“{name}”不能作为模型名称。</translation>
    </message>
    <message>
        <source>Give it a name that could be a folder&apos;s.</source>
        <translation>请取一个可以用作文件夹名的名称。</translation>
    </message>
    <message>
        <source>“{file}” is not a whole safetensors file.</source>
        <translation>“{file}”不是完整的 safetensors 文件。</translation>
    </message>
    <message>
        <source>Copy or download it again; other formats are not loaded.</source>
        <translation>请重新复制或下载；不支持其他格式。</translation>
    </message>
    <message>
        <source>“{file}” is no CLIP model in open_clip&apos;s layout.</source>
        <translation>“{file}”不是 open_clip 格式的 CLIP 模型。</translation>
    </message>
    <message>
        <source>Its tensors have other names; get the open_clip version of the model.</source>
        <translation>其中张量的名称不同；请使用该模型的 open_clip 版本。</translation>
    </message>
    <message>
        <source>There is no architecture “{architecture}” in open_clip.</source>
        <translation>open_clip 中没有“{architecture}”这种架构。</translation>
    </message>
    <message>
        <source>A checkpoint file needs the name of its architecture, such as ViT-B-32 or ViT-B-16-SigLIP2-256.</source>
        <translation>检查点文件需要架构名称，例如 ViT-B-32 或 ViT-B-16-SigLIP2-256。</translation>
    </message>
    <message>
        <source>The model “{architecture}” needs its tokenizer.</source>
        <translation>模型“{architecture}”需要它的分词器。</translation>
    </message>
    <message>
        <source>Put its tokenizer.json and tokenizer_config.json beside “{file}” and import it again.</source>
        <translation>请把 tokenizer.json 和 tokenizer_config.json 放在“{file}”旁边，再次导入。</translation>
    </message>
    <message>
        <source>A model folder holds {config} and its weights; give the name of a model or such a folder.</source>
        <translation>模型文件夹中应有 {config} 和权重；请给出模型名称或这样的文件夹。</translation>
    </message>
    <message>
        <source>It needs a file named {weights} beside {config}; copy or download the model again.</source>
        <translation>{config} 旁边应有名为 {weights} 的文件；请重新复制或下载模型。</translation>
    </message>
    <message>
        <source>The models&apos; folder cannot be changed ({error}).</source>
        <translation>无法更改模型文件夹（{error}）。</translation>
    </message>
    <message>
        <source>Check that it and the model can be read and written to.</source>
        <translation>请检查该文件夹和模型是否可以读写。</translation>
    </message>
    <message>
        <source>The disk has no room for {name}.</source>
        <translation>磁盘放不下 {name}。</translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <translation>请腾出一些空间后再试。</translation>
    </message>
    <message>
        <source>“{name}” is in use.</source>
        <translation>“{name}”正在使用。</translation>
    </message>
    <message>
        <source>Use another model, and wait until it has seen all photos; then this one&apos;s knowledge can go.</source>
        <translation>请先换用另一个模型，等它看完所有照片后，再删除这个模型的数据。</translation>
    </message>
    <message>
        <source>“{folder}” holds a “{name}” already.</source>
        <translation>“{folder}”里已经有“{name}”。</translation>
    </message>
    <message>
        <source>Choose an empty folder.</source>
        <translation>请选择一个空文件夹。</translation>
    </message>
    <message>
        <source>OpenVINO on {processor}, {bits}-bit</source>
        <translation>OpenVINO，{processor}，{bits} 位</translation>
    </message>
    <message>
        <source>ONNX Runtime on {processor}, {bits}-bit</source>
        <translation>ONNX Runtime，{processor}，{bits} 位</translation>
    </message>
    <message>
        <source>Processor ({processor}), {bits}-bit</source>
        <translation>处理器（{processor}），{bits} 位</translation>
    </message>
    <message>
        <source>Processor ({processor}), {bits}-bit ({reason}: using the processor)</source>
        <translation>处理器（{processor}），{bits} 位（{reason}：改用处理器）</translation>
    </message>
    <message>
        <source>graphics card: {reason}</source>
        <translation>显卡：{reason}</translation>
    </message>
    <message>
        <source>the graphics driver is too old</source>
        <translation>显卡驱动程序太旧</translation>
    </message>
    <message>
        <source>this installation of torch has no support for the NVIDIA card</source>
        <translation>所安装的 torch 不支持这块 NVIDIA 显卡</translation>
    </message>
    <message>
        <source>there is no “{device}” here</source>
        <translation>这台电脑上没有“{device}”</translation>
    </message>
    <message>
        <source>{device}: it multiplies wrongly</source>
        <translation>{device}：计算结果有误</translation>
    </message>
    <message>
        <source>16 bits are not exact enough for this model (cosine {cosine})</source>
        <translation>16 位对这个模型不够精确（余弦 {cosine}）</translation>
    </message>
    <message>
        <source>too little memory to compare 16 with 32 bits</source>
        <translation>内存不足，无法比较 16 位与 32 位</translation>
    </message>
    <message>
        <source>A part of this picture is too large to decode.</source>
        <translation>这张图片的一部分太大，无法解码。</translation>
    </message>
    <message>
        <source>This RAW file is damaged, or of a camera Recollect does not know.</source>
        <translation>这个 RAW 文件已损坏，或来自 Recollect 不认识的相机。</translation>
    </message>
    <message>
        <source>The preview was stopped.</source>
        <translation>预览已停止。</translation>
    </message>
    <message>
        <source>This file is kept online only. It is read once it is on this computer.</source>
        <translation>这个文件只保存在云端。下载到这台电脑后才会读取。</translation>
    </message>
    <message>
        <source>“{link}” leads to what is not connected now; the photos known in it stay as they are.</source>
        <translation>“{link}”指向的位置现在没有连接；其中已知的照片保持不变。</translation>
    </message>
    <message>
        <source>It cannot be listed ({detail}).</source>
        <translation>无法列出其内容（{detail}）。</translation>
    </message>
    <message>
        <source>This encoder embeds pictures only.</source>
        <translation>这个编码器只能处理图片。</translation>
    </message>
    <message>
        <source>Load the words&apos; tower.</source>
        <translation>请加载文字部分。</translation>
    </message>
    <message>
        <source>“{backend}” cannot run the model “{name}” here.</source>
        <translation>“{backend}”无法在这里运行模型“{name}”。</translation>
    </message>
    <message>
        <source>The tokenizer&apos;s “clean: {kind}” is not known.</source>
        <translation>不认识分词器的“clean: {kind}”。</translation>
    </message>
    <message>
        <source>The model “{name}” lacks a tokenizer that Recollect can use.</source>
        <translation>模型“{name}”缺少 Recollect 可用的分词器。</translation>
    </message>
    <message>
        <source>Its folder should hold tokenizer.json; download or copy the model again, or choose another.</source>
        <translation>它的文件夹里应有 tokenizer.json；请重新下载或复制模型，或选择其他模型。</translation>
    </message>
    <message>
        <source>The tokenizer of “{name}” is damaged.</source>
        <translation>“{name}”的分词器已损坏。</translation>
    </message>
    <message>
        <source>The words&apos; tower of “{name}” ({kind}) is of a kind Recollect cannot run.</source>
        <translation>“{name}”的文字部分（{kind}）是 Recollect 无法运行的类型。</translation>
    </message>
    <message>
        <source>Choose another model; every model on Recollect&apos;s list works.</source>
        <translation>请选择其他模型；Recollect 列表中的模型都可以使用。</translation>
    </message>
    <message>
        <source>Recollect&apos;s list has no model “{name}”.</source>
        <translation>Recollect 的列表中没有模型“{name}”。</translation>
    </message>
    <message>
        <source>It offers: {names}. Any other model can be imported from a folder.</source>
        <translation>可选的有：{names}。其他模型可以从文件夹导入。</translation>
    </message>
    <message>
        <source>“{name}” comes with Recollect.</source>
        <translation>“{name}”是 Recollect 自带的。</translation>
    </message>
    <message>
        <source>There is nothing to fetch.</source>
        <translation>无需下载。</translation>
    </message>
    <message>
        <source>“{name}” is not an open_clip model.</source>
        <translation>“{name}”不是 open_clip 模型。</translation>
    </message>
    <message>
        <source>It has no {file}; choose another model.</source>
        <translation>它没有 {file}；请选择其他模型。</translation>
    </message>
    <message>
        <source>“{name}” has no weights in the safetensors format.</source>
        <translation>“{name}”没有 safetensors 格式的权重。</translation>
    </message>
    <message>
        <source>Other formats can run code and are not loaded. Choose another model.</source>
        <translation>其他格式可能运行代码，因此不会加载。请选择其他模型。</translation>
    </message>
    <message>
        <source>The configuration of “{name}” cannot be read.</source>
        <translation>无法读取“{name}”的配置。</translation>
    </message>
    <message>
        <source>Try again, or choose another model.</source>
        <translation>请重试，或选择其他模型。</translation>
    </message>
    <message>
        <source>The model configuration in “{path}” has no model_cfg.</source>
        <translation>“{path}”中的模型配置缺少 model_cfg。</translation>
    </message>
    <message>
        <source>The model in “{path}” has a configuration Recollect does not understand.</source>
        <translation>“{path}”中模型的配置 Recollect 无法理解。</translation>
    </message>
    <message>
        <source>{file} lacks or misstates {part}; download the model again or choose another.</source>
        <translation>{file} 缺少或写错了 {part}；请重新下载模型或选择其他模型。</translation>
    </message>
    <message>
        <source>The model configuration in “{path}” is damaged.</source>
        <translation>“{path}”中的模型配置已损坏。</translation>
    </message>
    <message>
        <source>Fetching is switched off by the environment (HF_HUB_OFFLINE).</source>
        <translation>环境变量（HF_HUB_OFFLINE）关闭了下载。</translation>
    </message>
    <message>
        <source>Unset that variable and try again.</source>
        <translation>请取消该变量后重试。</translation>
    </message>
    <message>
        <source>“{name}” comes with Recollect and stays.</source>
        <translation>“{name}”是 Recollect 自带的，会保留。</translation>
    </message>
    <message>
        <source>Choose another model to use instead of it.</source>
        <translation>请选择其他模型来代替它。</translation>
    </message>
    <message>
        <source>There is no model “{name}” to remove.</source>
        <translation>没有可删除的模型“{name}”。</translation>
    </message>
    <message>
        <source>The database is damaged: {detail}.</source>
        <translation>数据库已损坏：{detail}。</translation>
    </message>
    <message>
        <source>{count} rows point at something that does not exist.</source>
        <translation>{count} 条记录指向不存在的内容。</translation>
    </message>
    <message>
        <source>{count} vectors of “{model}” are not of unit length.</source>
        <translation>“{model}”的 {count} 个向量长度不正确。</translation>
    </message>
    <message>
        <source>The library is not open for writing.</source>
        <translation>图库没有以可写方式打开。</translation>
    </message>
    <message>
        <source>The model “{key}” gives vectors of {given} numbers, the library holds {held} under its name.</source>
        <translation>模型“{key}”给出 {given} 维向量，而图库中同名模型的向量是 {held} 维。</translation>
    </message>
    <message>
        <source>Choose the model that was used before, or give the new one another name.</source>
        <translation>请选择之前使用的模型，或给新模型换个名字。</translation>
    </message>
    <message>
        <source>{count} vectors belong to no photo.</source>
        <translation>{count} 个向量不属于任何照片。</translation>
    </message>
    <message>
        <source>{count} files are listed twice.</source>
        <translation>{count} 个文件被列出了两次。</translation>
    </message>
    <message>
        <source>{count} photos are listed twice.</source>
        <translation>{count} 张照片被列出了两次。</translation>
    </message>
    <message>
        <source>{count} vectors do not have the size their model gives.</source>
        <translation>{count} 个向量的维数与其模型不符。</translation>
    </message>
    <message>
        <source>{count} files are neither photos nor listed as skipped.</source>
        <translation>{count} 个文件既不是照片，也没有列为已跳过。</translation>
    </message>
</context>
</TS>
