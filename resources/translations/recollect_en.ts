<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>DuplicatesPage</name>
    <message numerus="yes">
        <source>Move all suggested to the trash: %Ln ({size})…</source>
        <translation>
            <numerusform>Move all suggested to the trash: %Ln ({size})…</numerusform>
            <numerusform>Move all suggested to the trash: %Ln ({size})…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) may be two shots of one second: they are left out of that.</source>
        <translation>
            <numerusform>%Ln group may be two shots of one second: it is left out of that.</numerusform>
            <numerusform>%Ln groups may be two shots of one second: they are left out of that.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>One stays of each of the %Ln group(s), and all in protected folders. This frees {size} once the trash is emptied; until then undoing brings them back.</source>
        <translation>
            <numerusform>One stays of the %Ln group, and all in protected folders. This frees {size} once the trash is emptied; until then undoing brings them back.</numerusform>
            <numerusform>One stays of each of the %Ln groups, and all in protected folders. This frees {size} once the trash is emptied; until then undoing brings them back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportActions</name>
    <message numerus="yes">
        <source>%Ln photo(s) exported to “{folder}”.</source>
        <translation>
            <numerusform>%Ln photo exported to “{folder}”.</numerusform>
            <numerusform>%Ln photos exported to “{folder}”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be read.</source>
        <translation>
            <numerusform>%Ln could not be read.</numerusform>
            <numerusform>%Ln could not be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GroupCard</name>
    <message numerus="yes">
        <source>Move %Ln to the trash ({size})</source>
        <translation>
            <numerusform>Move %Ln to the trash ({size})</numerusform>
            <numerusform>Move %Ln to the trash ({size})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more are not shown, and stay</source>
        <translation>
            <numerusform>%Ln more is not shown, and stays</numerusform>
            <numerusform>%Ln more are not shown, and stay</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IndexingBar</name>
    <message numerus="yes">
        <source>%Ln with text</source>
        <translation>
            <numerusform>%Ln with text</numerusform>
            <numerusform>%Ln with text</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln skipped</source>
        <translation>
            <numerusform>%Ln skipped</numerusform>
            <numerusform>%Ln skipped</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message numerus="yes">
        <source>%Ln photo(s) here</source>
        <translation>
            <numerusform>%Ln photo here</numerusform>
            <numerusform>%Ln photos here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MarksField</name>
    <message numerus="yes">
        <source>%Ln star(s)</source>
        <translation>
            <numerusform>%Ln star</numerusform>
            <numerusform>%Ln stars</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Navigator</name>
    <message numerus="yes">
        <source>%Ln folder(s) are not in your library.</source>
        <translation>
            <numerusform>%Ln folder is not in your library.</numerusform>
            <numerusform>%Ln folders are not in your library.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrintActions</name>
    <message numerus="yes">
        <source>%Ln photo(s) sent to the printer.</source>
        <translation>
            <numerusform>%Ln photo sent to the printer.</numerusform>
            <numerusform>%Ln photos sent to the printer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) printed to “{file}”.</source>
        <translation>
            <numerusform>%Ln photo printed to “{file}”.</numerusform>
            <numerusform>%Ln photos printed to “{file}”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be read.</source>
        <translation>
            <numerusform>%Ln could not be read.</numerusform>
            <numerusform>%Ln could not be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message numerus="yes">
        <source>%Ln photo(s) chosen</source>
        <translation>
            <numerusform>%Ln photo chosen</numerusform>
            <numerusform>%Ln photos chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Slideshow</name>
    <message numerus="yes">
        <source>%Ln second(s) each</source>
        <translation>
            <numerusform>%Ln second each</numerusform>
            <numerusform>%Ln seconds each</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%Ln searchable</source>
        <translation>
            <numerusform>%Ln searchable</numerusform>
            <numerusform>%Ln searchable</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not within reach</source>
        <translation>
            <numerusform>%Ln not within reach</numerusform>
            <numerusform>%Ln not within reach</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln skipped</source>
        <translation>
            <numerusform>%Ln skipped</numerusform>
            <numerusform>%Ln skipped</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Phrases</name>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln second(s)</source>
        <translation>
            <numerusform>%Ln second</numerusform>
            <numerusform>%Ln seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s)</source>
        <translation>
            <numerusform>%Ln minute</numerusform>
            <numerusform>%Ln minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s)</source>
        <translation>
            <numerusform>%Ln hour</numerusform>
            <numerusform>%Ln hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln a second</source>
        <translation>
            <numerusform>%Ln a second</numerusform>
            <numerusform>%Ln a second</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln a minute</source>
        <translation>
            <numerusform>%Ln a minute</numerusform>
            <numerusform>%Ln a minute</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln star(s)</source>
        <translation>
            <numerusform>%Ln star</numerusform>
            <numerusform>%Ln stars</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Good: the right photo is the very first in %Ln of 100 searches (COCO)</source>
        <translation>
            <numerusform>Good: the right photo is the very first in %Ln of 100 searches (COCO)</numerusform>
            <numerusform>Good: the right photo is the very first in %Ln of 100 searches (COCO)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Excellent: the right photo is the very first in %Ln of 100 searches (COCO)</source>
        <translation>
            <numerusform>Excellent: the right photo is the very first in %Ln of 100 searches (COCO)</numerusform>
            <numerusform>Excellent: the right photo is the very first in %Ln of 100 searches (COCO)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Very good: the right photo is the very first in %Ln of 100 searches (COCO)</source>
        <translation>
            <numerusform>Very good: the right photo is the very first in %Ln of 100 searches (COCO)</numerusform>
            <numerusform>Very good: the right photo is the very first in %Ln of 100 searches (COCO)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in Chinese %Ln of 100 (Crossmodal-3600)</source>
        <translation>
            <numerusform>in Chinese %Ln of 100 (Crossmodal-3600)</numerusform>
            <numerusform>in Chinese %Ln of 100 (Crossmodal-3600)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln photo(s)/s here</source>
        <translation>
            <numerusform>about %Ln photo/s here</numerusform>
            <numerusform>about %Ln photos/s here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln photo(s) a minute here</source>
        <translation>
            <numerusform>about %Ln photo a minute here</numerusform>
            <numerusform>about %Ln photos a minute here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) added to the favourites</source>
        <translation>
            <numerusform>%Ln photo added to the favourites</numerusform>
            <numerusform>%Ln photos added to the favourites</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) taken out of the favourites</source>
        <translation>
            <numerusform>%Ln photo taken out of the favourites</numerusform>
            <numerusform>%Ln photos taken out of the favourites</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stars taken from %Ln photo(s)</source>
        <translation>
            <numerusform>Stars taken from %Ln photo</numerusform>
            <numerusform>Stars taken from %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) were changed here and by another program: the newer was kept, the other is remembered</source>
        <translation>
            <numerusform>%Ln photo was changed here and by another program: the newer was kept, the other is remembered</numerusform>
            <numerusform>%Ln photos were changed here and by another program: the newer was kept, the other is remembered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) follow what another program wrote beside them</source>
        <translation>
            <numerusform>%Ln photo follows what another program wrote beside it</numerusform>
            <numerusform>%Ln photos follow what another program wrote beside them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) turned</source>
        <translation>
            <numerusform>%Ln photo turned</numerusform>
            <numerusform>%Ln photos turned</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) added to “{album}”</source>
        <translation>
            <numerusform>%Ln photo added to “{album}”</numerusform>
            <numerusform>%Ln photos added to “{album}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) taken out of “{album}”</source>
        <translation>
            <numerusform>%Ln photo taken out of “{album}”</numerusform>
            <numerusform>%Ln photos taken out of “{album}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln likely match(es) for “{words}”</source>
        <translation>
            <numerusform>%Ln likely match for “{words}”</numerusform>
            <numerusform>%Ln likely matches for “{words}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>one of %Ln alike</source>
        <translation>
            <numerusform>one of %Ln alike</numerusform>
            <numerusform>one of %Ln alike</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) moved to the trash</source>
        <translation>
            <numerusform>%Ln file moved to the trash</numerusform>
            <numerusform>%Ln files moved to the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) put back</source>
        <translation>
            <numerusform>%Ln file put back</numerusform>
            <numerusform>%Ln files put back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) moved to “{folder}”</source>
        <translation>
            <numerusform>%Ln photo moved to “{folder}”</numerusform>
            <numerusform>%Ln photos moved to “{folder}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be moved.</source>
        <translation>
            <numerusform>%Ln could not be moved.</numerusform>
            <numerusform>%Ln could not be moved.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tag “{tag}” given to %Ln photo(s)</source>
        <translation>
            <numerusform>Tag “{tag}” given to %Ln photo</numerusform>
            <numerusform>Tag “{tag}” given to %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tag “{tag}” taken from %Ln photo(s)</source>
        <translation>
            <numerusform>Tag “{tag}” taken from %Ln photo</numerusform>
            <numerusform>Tag “{tag}” taken from %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tags of %Ln photo(s) changed</source>
        <translation>
            <numerusform>Tags of %Ln photo changed</numerusform>
            <numerusform>Tags of %Ln photos changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Written beside %Ln photo(s)</source>
        <translation>
            <numerusform>Written beside %Ln photo</numerusform>
            <numerusform>Written beside %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Beside %Ln file(s) nothing could be written.</source>
        <translation>
            <numerusform>Beside %Ln file nothing could be written.</numerusform>
            <numerusform>Beside %Ln files nothing could be written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) that other programs changed since stayed.</source>
        <translation>
            <numerusform>%Ln file that another program changed since stayed.</numerusform>
            <numerusform>%Ln files that other programs changed since stayed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln are kept; they are shown again when there is one more</source>
        <translation>
            <numerusform>All %Ln are kept; they are shown again when there is one more</numerusform>
            <numerusform>All %Ln are kept; they are shown again when there is one more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stars, tags and albums of %Ln photo(s) passed on</source>
        <translation>
            <numerusform>Stars, tags and albums of %Ln photo passed on</numerusform>
            <numerusform>Stars, tags and albums of %Ln photos passed on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) turned in the file</source>
        <translation>
            <numerusform>%Ln photo turned in the file</numerusform>
            <numerusform>%Ln photos turned in the file</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be.</source>
        <translation>
            <numerusform>%Ln could not be.</numerusform>
            <numerusform>%Ln could not be.</numerusform>
        </translation>
    </message>
</context>
</TS>
