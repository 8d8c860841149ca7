; Installs Recollect for the user who runs it, without administrator rights.
;
;   makensis -DVERSION=0.1.0 -DPROGRAM=<folder with recollect.exe> -DOUT=<folder for the setup> recollect.nsi
;
; The payload has to be frozen on Windows; that this script compiles is tested on any system.

Unicode true
SetCompressor /SOLID lzma
SetCompressorDictSize 64

!ifndef VERSION
  !error "VERSION is missing: build with packaging/build.py"
!endif
!ifndef PROGRAM
  !error "PROGRAM is missing: build with packaging/build.py"
!endif
!ifndef OUT
  !error "OUT is missing: build with packaging/build.py"
!endif

!ifndef NAME
  !define NAME "recollect"
!endif

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "x64.nsh"
!include "WinVer.nsh"

!define KEY "Software\Recollect"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Recollect"
!define CLASS "Recollect.Folder"

Name "Recollect"
OutFile "${OUT}/${NAME}-${VERSION}-setup.exe"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Recollect"
InstallDirRegKey HKCU "${KEY}" "Folder"
ManifestDPIAware true
ManifestSupportedOS Win10
BrandingText "Recollect ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Recollect"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Recollect Setup"
VIAddVersionKey "LegalCopyright" "Recollect contributors"

!define MUI_ICON "../../resources/icons/recollect.ico"
!define MUI_UNICON "../../resources/icons/recollect.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\recollect.exe"
!define MUI_COMPONENTSPAGE_NODESC

!insertmacro MUI_PAGE_LICENSE "../../LICENSE"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

; The first language is the one for systems that speak neither.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "TradChinese"

LangString PROGRAM_PART ${LANG_ENGLISH} "Recollect"
LangString PROGRAM_PART ${LANG_SIMPCHINESE} "Recollect"
LangString PROGRAM_PART ${LANG_TRADCHINESE} "Recollect"
LangString DESKTOP_PART ${LANG_ENGLISH} "Shortcut on the desktop"
LangString DESKTOP_PART ${LANG_SIMPCHINESE} "桌面快捷方式"
LangString DESKTOP_PART ${LANG_TRADCHINESE} "桌面捷徑"
LangString MENU_PART ${LANG_ENGLISH} "“Open in Recollect” in the menu of folders"
LangString MENU_PART ${LANG_SIMPCHINESE} "文件夹右键菜单“在 Recollect 中打开”"
LangString MENU_PART ${LANG_TRADCHINESE} "資料夾右鍵選單「在 Recollect 中開啟」"
LangString MENU_WORDS ${LANG_ENGLISH} "Open in Recollect"
LangString MENU_WORDS ${LANG_SIMPCHINESE} "在 Recollect 中打开"
LangString MENU_WORDS ${LANG_TRADCHINESE} "在 Recollect 中開啟"
LangString RUNNING ${LANG_ENGLISH} "Recollect is running. Close its window, then try again."
LangString RUNNING ${LANG_SIMPCHINESE} "Recollect 正在运行。请先关闭它的窗口，然后重试。"
LangString RUNNING ${LANG_TRADCHINESE} "Recollect 正在執行。請先關閉它的視窗，然後重試。"
LangString TOO_OLD ${LANG_ENGLISH} "Recollect needs a 64-bit Windows 10 or newer."
LangString TOO_OLD ${LANG_SIMPCHINESE} "Recollect 需要 64 位 Windows 10 或更新版本。"
LangString TOO_OLD ${LANG_TRADCHINESE} "Recollect 需要 64 位元 Windows 10 或更新版本。"
LangString KEPT ${LANG_ENGLISH} "Your library stays in $LOCALAPPDATA\Recollect. Delete that folder to forget it."
LangString KEPT ${LANG_SIMPCHINESE} "您的照片库保留在 $LOCALAPPDATA\Recollect。如不再需要，请删除该文件夹。"
LangString KEPT ${LANG_TRADCHINESE} "您的相片庫保留在 $LOCALAPPDATA\Recollect。如不再需要，請刪除該資料夾。"

; A running program keeps its file open, and a half replaced one would not start.
!macro RefuseWhileRunning un
Function ${un}RefuseWhileRunning
  ${If} ${FileExists} "$INSTDIR\recollect.exe"
    again:
    ClearErrors
    FileOpen $0 "$INSTDIR\recollect.exe" a
    ${If} ${Errors}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
      Abort
    ${EndIf}
    FileClose $0
  ${EndIf}
FunctionEnd
!macroend
!insertmacro RefuseWhileRunning ""
!insertmacro RefuseWhileRunning "un."

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "$(TOO_OLD)" /SD IDOK
    Abort
  ${EndIf}
FunctionEnd

Section "!$(PROGRAM_PART)" ProgramPart
  SectionIn RO
  Call RefuseWhileRunning
  ; Files of an older version that the new one does not have must not stay beside it.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${PROGRAM}/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Recollect.lnk" "$INSTDIR\recollect.exe"
  WriteRegStr HKCU "${KEY}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Recollect"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\recollect.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "Recollect contributors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
SectionEnd

; Everything below is off until the user ticks it.
Section /o "$(DESKTOP_PART)" DesktopPart
  CreateShortcut "$DESKTOP\Recollect.lnk" "$INSTDIR\recollect.exe"
SectionEnd

Section /o "$(MENU_PART)" MenuPart
  WriteRegStr HKCU "Software\Classes\Directory\shell\${CLASS}" "" "$(MENU_WORDS)"
  WriteRegStr HKCU "Software\Classes\Directory\shell\${CLASS}" "Icon" "$INSTDIR\recollect.exe"
  WriteRegStr HKCU "Software\Classes\Directory\shell\${CLASS}\command" "" '"$INSTDIR\recollect.exe" "%V"'
  WriteRegStr HKCU "Software\Classes\Directory\Background\shell\${CLASS}" "" "$(MENU_WORDS)"
  WriteRegStr HKCU "Software\Classes\Directory\Background\shell\${CLASS}" "Icon" "$INSTDIR\recollect.exe"
  WriteRegStr HKCU "Software\Classes\Directory\Background\shell\${CLASS}\command" "" '"$INSTDIR\recollect.exe" "%V"'
  WriteRegStr HKCU "Software\Classes\Drive\shell\${CLASS}" "" "$(MENU_WORDS)"
  WriteRegStr HKCU "Software\Classes\Drive\shell\${CLASS}" "Icon" "$INSTDIR\recollect.exe"
  WriteRegStr HKCU "Software\Classes\Drive\shell\${CLASS}\command" "" '"$INSTDIR\recollect.exe" "%V"'
SectionEnd

Section "Uninstall"
  Call un.RefuseWhileRunning
  ; The program's own files only. The library lies elsewhere and is the user's.
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\recollect.exe"
  Delete "$INSTDIR\recollect-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Recollect.lnk"
  Delete "$DESKTOP\Recollect.lnk"
  DeleteRegKey HKCU "Software\Classes\Directory\shell\${CLASS}"
  DeleteRegKey HKCU "Software\Classes\Directory\Background\shell\${CLASS}"
  DeleteRegKey HKCU "Software\Classes\Drive\shell\${CLASS}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "${KEY}"
  DetailPrint "$(KEPT)"
SectionEnd
